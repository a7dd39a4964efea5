// Files of settings, as the admin page exports them: what holds for the instance or for a workspace, and what is expected of it.
import type { Expectations, LoginConfig, SettingsFile, SettingsParts } from "idp-group-sync";
import type { MappingText, Parts } from "./configuration.js";
import type { DataDocument, Path } from "./data-document.js";
import { readDocument } from "./documents.js";
import { InputError } from "./exit.js";
import { originOfFile, withOrigins } from "./origins.js";
import { visible } from "./visible.js";

/** What holds for the instance (`null`) or for a workspace, and what is expected of it. */
export interface Scope {
  workspace: string | null;
  parts: Parts;
  expectations: Expectations;
  /** Where in the file these stand. */
  at: Path;
  /** Whether its mapping is another one than the instance's. */
  hasMapping: boolean;
}

/** A file of settings has a sync list; a configuration has none. */
export function isSettingsFile({ value }: DataDocument): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "workspaces");
}

/** Reads a file of settings: what an instance stores, alone or as the admin page exports it. */
export async function readSettings(path: string): Promise<DataDocument> {
  const document = await readDocument(path, "the settings");
  if (isSettingsFile(document)) return document;
  throw new InputError(visible(`${document.source.name}: this is no file of settings: it has no \`workspaces\``));
}

/** The instance, and each workspace of the sync list; or the one workspace that is asked for. */
export async function scopesOf(document: DataDocument, workspace: string | undefined): Promise<Scope[]> {
  const file = await read(document);
  const wanted = file.expectations.filter((each) => workspace === undefined || each.workspace === workspace);
  if (wanted.length > 0) return Promise.all(wanted.map((expectations) => scopeOf(document, file, expectations)));
  const ids = file.settings.workspaces.map(({ id }) => `\`${id}\``).join(", ");
  throw new InputError(visible(`${document.source.name}: there is no workspace \`${workspace}\`; the file has ${ids}`));
}

/** What decides in a workspace; where none is named, what holds for the instance. */
export async function partsOfSettings(document: DataDocument, workspace: string | undefined): Promise<Parts> {
  const [scope] = await scopesOf(document, workspace);
  return scope?.parts ?? {};
}

/** What decides whole logins by a file of settings, or in one of its workspaces alone. */
export async function loginConfig(options: {
  settings: string;
  catalogs: string | undefined;
  workspace: string | undefined;
}): Promise<{ document: DataDocument; config: LoginConfig }> {
  const document = await readSettings(options.settings);
  const scopes = await scopesOf(document, options.workspace);
  const { settings, catalogs } = await read(document);
  const given =
    options.catalogs === undefined ? catalogs : (await readDocument(options.catalogs, "the catalogs")).value;
  const lacking = scopes.find(({ workspace }) => workspace !== null && !Object.hasOwn(Object(given), workspace));
  if (lacking) {
    const message = `there is no catalog of \`${lacking.workspace}\`: give \`catalogs\` in the settings, or \`--catalogs FILE\``;
    throw new InputError(visible(`${document.source.name}: ${message}`));
  }
  const workspaces = settings.workspaces.map((each) =>
    options.workspace === undefined || each.id === options.workspace ? each : { ...each, enabled: false },
  );
  return {
    document,
    config: { settings: { ...settings, workspaces }, catalogs: given as LoginConfig["catalogs"] },
  };
}

function read(document: DataDocument): Promise<SettingsParts> {
  return withOrigins([originOfFile(document, ["file"])], ({ readSettingsFile }) =>
    readSettingsFile(document.value as SettingsFile),
  );
}

/** The instance has no groups of its own, so it is looked at with those of its default workspace. */
async function scopeOf(
  document: DataDocument,
  { settings, catalogs }: SettingsParts,
  expectations: Expectations,
): Promise<Scope> {
  const { workspace } = expectations;
  const at: Path =
    workspace === null ? [] : ["workspaces", settings.workspaces.findIndex(({ id }) => id === workspace)];
  const effective = await withOrigins([], ({ effectiveSettings }) =>
    workspace === null ? undefined : effectiveSettings(settings, workspace),
  );
  const { mapping, claim, policy } = effective ?? settings;
  const where = (field: "mapping" | "claim" | "policy") => (effective?.inherited[field] === false ? at : []);
  const part = (field: "claim" | "policy", value: unknown) => ({
    value,
    from: document,
    within: [...where(field), field],
  });
  const hasMapping = effective?.inherited.mapping === false;
  const { name, file } = document.source;
  const text: MappingText = {
    name: `${name} (${hasMapping ? `mapping of ${workspace}` : "mapping"})`,
    text: mapping,
    lineInFile: document.placeOf([...where("mapping"), effective?.entries ? "entries" : "mapping"]).line,
    ...(file !== undefined && { file }),
  };
  const parts: Parts = { mapping: text, claim: part("claim", claim), policy: part("policy", policy) };
  const owner = workspace ?? settings.defaultWorkspace;
  const catalog = Object.entries(catalogs).find(([id]) => id === owner)?.[1];
  if (catalog !== undefined) parts.catalog = { value: catalog, from: document, within: ["catalogs", owner] };
  return { workspace, parts, expectations, at, hasMapping };
}
