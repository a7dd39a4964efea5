// What decides: a mapping, its claim, catalog and policy, from one file or from several.
import { dirname, join } from "node:path";
import type { Catalog, ClaimOptions, GroupSyncConfig, Policy } from "idp-group-sync";
import { DataDocument, type Path } from "./data-document.js";
import { documentOf, isDocument, readDocument } from "./documents.js";
import { InputError } from "./exit.js";
import { readText, type SourceText } from "./inputs.js";
import { JsonDocument } from "./json.js";
import { type Origin, placed } from "./origins.js";
import { isSettingsFile, partsOfSettings, readSettings } from "./settings-file.js";
import { visible } from "./visible.js";

/** What the options of a command say. */
export interface ConfigurationOptions {
  config?: string | undefined;
  settings?: string | undefined;
  mapping?: string;
  catalog?: string;
  policy?: string;
  claim?: string;
  /** Which workspace of a file of settings. */
  workspace?: string | undefined;
}

/** The text of a mapping, and where it stands. */
export interface MappingText extends SourceText {
  /** Set if the text is a value in a JSON file: the line where that begins. */
  lineInFile?: number;
}

/** A configuration, and where each part of it came from. */
export interface Configuration {
  config: GroupSyncConfig;
  mapping: MappingText;
  parts: Origin[];
}

/** One part of a configuration. It is not looked at here: the package says what is wrong with it. */
interface Part {
  value: unknown;
  from: DataDocument | string;
  within: Path;
}

/** The parts that one source has; where two have the same part, the later one is taken. */
export interface Parts {
  mapping?: MappingText;
  claim?: Part;
  catalog?: Part;
  policy?: Part;
}

/** What the options say, the configuration file aside. */
async function readOptions({ mapping, catalog, policy, claim }: ConfigurationOptions): Promise<Parts> {
  const parts: Parts = {};
  if (mapping !== undefined) parts.mapping = await readText(mapping, "the mapping");
  if (catalog !== undefined) parts.catalog = whole(await readDocument(catalog, "the catalog"));
  if (policy !== undefined) parts.policy = whole(await readDocument(policy, "the policy"));
  if (claim?.trimStart().startsWith("{")) parts.claim = whole(new JsonDocument({ name: "--claim", text: claim }));
  else if (claim !== undefined) parts.claim = { value: claim, from: "--claim", within: [] };
  return parts;
}

function whole(document: DataDocument): Part {
  return { value: document.value, from: document, within: [] };
}

/** Everything that the options say. */
export async function readParts(options: ConfigurationOptions): Promise<Parts> {
  const own = await readOptions(options);
  const { config, settings, workspace } = options;
  if (settings !== undefined) return { ...(await partsOfSettings(await readSettings(settings), workspace)), ...own };
  if (config === undefined) return own;
  return { ...(await partsOf(await readDocument(config, "the configuration"), workspace)), ...own };
}

/** The configuration of the options alone. */
export async function readConfiguration(options: ConfigurationOptions): Promise<Configuration> {
  if (options.workspace !== undefined && !hasSettings(options)) {
    throw new InputError("`--workspace` is for a file of settings: give that as `--settings FILE`");
  }
  return configurationOf(await readParts(options));
}

/** Whether the options name the file that a workspace can be one of. */
function hasSettings({ settings, config }: ConfigurationOptions): boolean {
  return settings !== undefined || config !== undefined;
}

/**
 * What an argument brings that is the text of a mapping or a whole configuration, besides what the options say. A
 * configuration is a file whose name says JSON or YAML, or whose text begins with `{`.
 */
export async function readArgument(
  path: string,
  description: string,
  given: Parts,
  options: ConfigurationOptions,
): Promise<Parts> {
  return partsOfMapping(await readMapping(path, description), given, options);
}

/** The same of what was read. */
export async function partsOfMapping(
  read: SourceText | DataDocument,
  given: Parts,
  options: ConfigurationOptions,
): Promise<Parts> {
  const { workspace } = options;
  if (!(read instanceof DataDocument)) {
    if (workspace !== undefined && !hasSettings(options)) throw notSettings(read);
    return { ...given, mapping: read };
  }
  const own = await partsOf(read, isSettingsFile(read) || !hasSettings(options) ? workspace : undefined);
  if (own.mapping === undefined)
    throw new InputError(`${visible(read.source.name)}: this configuration has no mapping`);
  return { ...own, ...given, mapping: own.mapping };
}

/** The text of a mapping, or the document that has one. */
export async function readMapping(path: string, description: string): Promise<SourceText | DataDocument> {
  const source = await readText(path, description);
  return isDocument(source.file) || source.text.trimStart().startsWith("{") ? documentOf(source) : source;
}

function notSettings({ name }: SourceText): InputError {
  return new InputError(visible(`${name}: \`--workspace\` is for a file of settings, and this is none`));
}

const files = { mappingFile: "mapping", catalogFile: "catalog", policyFile: "policy" } as const;
const fields = ["mapping", "mappingFile", "claim", "catalog", "catalogFile", "policy", "policyFile"];

/**
 * The parts of a configuration file: a file of settings, or a `GroupSyncConfig` that may name files in place of the mapping, the catalog and the
 * policy. Their paths are relative to it.
 */
async function partsOf(document: DataDocument, workspace: string | undefined): Promise<Parts> {
  if (isSettingsFile(document)) return partsOfSettings(document, workspace);
  if (workspace !== undefined) throw notSettings(document.source);
  const wrong = (field: string, message: string) =>
    new InputError(visible(`${placed(document, [field])}: ${field}: ${message}`));
  if (typeof document.value !== "object" || document.value === null || Array.isArray(document.value)) {
    throw new InputError(visible(`${document.source.name}: a configuration is an object with ${listed(fields)}`));
  }
  const given = new Map(Object.entries(document.value).filter(([, value]) => value !== null));
  const parts: Parts = {};
  for (const [field, value] of given) {
    if (!fields.includes(field)) throw wrong(field, `there is no such field; a configuration has ${listed(fields)}`);
    if (field === "mapping") {
      if (typeof value !== "string") throw wrong(field, "expected the text of a mapping");
      parts.mapping = textWithin(document, value);
    } else if (field === "claim" || field === "catalog" || field === "policy") {
      parts[field] = { value, from: document, within: [field] };
    }
  }
  for (const [field, part] of Object.entries(files)) {
    const file = given.get(field);
    if (file === undefined) continue;
    if (given.has(part)) throw wrong(field, `the configuration has a \`${part}\` already; give one of them`);
    if (typeof file !== "string") throw wrong(field, "expected the path of a file");
    const path = join(dirname(document.source.file ?? ""), file);
    if (part === "mapping") parts.mapping = await readText(path, "the mapping");
    else parts[part] = whole(await readDocument(path, `the ${part}`));
  }
  return parts;
}

function textWithin(document: DataDocument, text: string): MappingText {
  const { name, file } = document.source;
  const lineInFile = document.placeOf(["mapping"]).line;
  return { name: `${name} (mapping)`, text, lineInFile, ...(file === undefined ? {} : { file }) };
}

/** The mapping of some parts; every command needs one. */
export function mappingOf({ mapping }: Parts): MappingText {
  return needed(mapping, "mapping", "`--mapping FILE`, or `mapping` or `mappingFile` in the file of `--config`");
}

/** The catalog of some parts; every command needs one. */
export function catalogOf({ catalog }: Parts): Catalog {
  const part = needed(catalog, "catalog", "`--catalog FILE`, or `catalog` or `catalogFile` in the file of `--config`");
  return part.value as Catalog;
}

function needed<Value>(value: Value | undefined, name: string, how: string): Value {
  if (value === undefined) throw new InputError(`there is no ${name}: give ${how}`);
  return value;
}

/** A configuration that has everything. A claim that nobody named is `groups`. */
export function configurationOf(parts: Parts): Configuration {
  const mapping = mappingOf(parts);
  const config: GroupSyncConfig = {
    mapping: mapping.text,
    claim: (parts.claim?.value ?? "groups") as ClaimOptions,
    catalog: catalogOf(parts),
  };
  if (parts.policy !== undefined) config.policy = parts.policy.value as Policy;
  return { config, mapping, parts: originsOf(parts) };
}

/** Where each part came from. */
export function originsOf(parts: Parts): Origin[] {
  return (["claim", "catalog", "policy"] as const).flatMap((name) => {
    const part = parts[name];
    return part === undefined ? [] : [{ path: [name], from: part.from, within: part.within }];
  });
}

function listed(names: string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
