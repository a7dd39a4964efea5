// Settings against the model: documents, and commands one after another.

import type {
  EffectiveSettings,
  InstanceSettings,
  SettingsChange,
  SettingsCommand,
  WorkspaceEntries,
} from "idp-group-sync";
import { applyCommand, defaultSettings, effectiveSettings, LoginSync, parseMapping } from "idp-group-sync";
import { known } from "../random/login.ts";
import { noMapping, withMistake, writeEntries } from "../random/mapping-text.ts";
import type { Document, Given } from "../random/settings.ts";
import { applyCommand as apply, type ModelChange } from "../rules/commands.ts";
import { type Entry, invented, type Reader } from "../rules/mapping.ts";
import * as rules from "../rules/settings.ts";
import { count } from "./coverage.ts";
import { attempt, compare, invalidInput } from "./difference.ts";
import { claimOf, withoutNulls } from "./shape.ts";

export interface Edits {
  /** Or else the default settings of `main`. */
  document?: Document;
  commands: Given[];
}

export function compareEdits({ document, commands }: Edits): number {
  const mappings = [noMapping, ...(document?.mappings ?? [])];
  const read = (text: string) => known(mappings, text);
  const write = (entries: Entry[], mistakes: string[]) => {
    const sound = writeEntries(entries);
    // One with mistakes is rejected, so what stands there means nothing.
    const written = mistakes.reduce((broken, code) => withMistake(broken, [`${invented} ${code}`, code]), sound);
    mappings.push(written);
    return written.text;
  };
  let settings = document?.settings ?? rules.defaultSettings("main");
  if (!document) {
    compare("defaultSettings", () => ({ workspace: "main" }), settings, defaultSettings("main"));
  }
  compareEffective(settings, read);
  for (const { draft, superAdmin } of commands) {
    const { command, mappings: meant = [] } = draft(entriesIn(settings, read));
    mappings.push(...meant);
    const before = JSON.stringify(settings);
    const expect = apply(settings, command, superAdmin, { read, write });
    const given = () => ({ settings, command, actor: { superAdmin } });
    compare(
      "change",
      given,
      saidOf(command, expected(command, expect)),
      attempt(() => saidOf(command, changeOf(command, applyCommand(settings, command, { superAdmin })))),
    );
    if (JSON.stringify(settings) !== before) throw new Error(`its input was changed by ${JSON.stringify(command)}`);
    countChange(command.type, expect);
    if (expect.status === "applied") {
      settings = expect.settings;
      compareEffective(settings, read);
    }
  }
  return commands.length + 1;
}

/** Every entry that stands in a text of the document. */
function entriesIn({ mapping, workspaces }: InstanceSettings, read: Reader): Entry[] {
  const texts = workspaces.flatMap(({ mapping, entries }) => [mapping, entries?.add, entries?.without]);
  return [mapping, ...texts].flatMap((text) => read(text ?? "").entries);
}

function compareEffective(settings: InstanceSettings, read: Reader): void {
  for (const id of [...settings.workspaces.map((workspace) => workspace.id), "nowhere"]) {
    const expect = rules.effectiveSettings(settings, id, read);
    compare(
      "effective",
      () => ({ settings, workspace: id }),
      expect ? expectedEffective(expect) : invalidInput("workspace"),
      attempt(() => effectiveOf(effectiveSettings(settings, id))),
    );
  }
}

export function compareBroken(settings: InstanceSettings): number {
  const fault = rules.settingsFault(settings);
  count(`settings: fault ${(fault ?? "none").replace(/\d+/, "n")}`);
  const command = { type: "enable" } as const;
  // Refused whoever gives the command.
  compareRefusal(settings, command, fault ?? "none");
  compareDocument(settings, fault ?? "none");
  return 1;
}

export function compareMisshapen({ settings, path }: { settings: unknown; path: string }): number {
  count(`settings: shape ${path}`);
  compareRefusal(settings as InstanceSettings, { type: "enable" }, path);
  compareDocument(settings as InstanceSettings, path);
  return 1;
}

export function compareMisshapenCommand({ command, path }: { command: unknown; path: string }): number {
  count(`command: shape ${path}`);
  compareRefusal(rules.defaultSettings("main"), command, path);
  return 1;
}

function compareRefusal(settings: InstanceSettings, command: unknown, path: string): void {
  for (const superAdmin of [true, false]) {
    compare(
      "change",
      () => ({ settings, command, actor: { superAdmin } }),
      invalidInput(path),
      attempt(() => applyCommand(settings, command as { type: "enable" }, { superAdmin })),
    );
  }
}

/** "`applyCommand`, `effectiveSettings` and `LoginSync` check the document whole before they do anything." */
function compareDocument(settings: InstanceSettings, path: string): void {
  const expect = invalidInput(path);
  const effective = () => effectiveSettings(settings, "main");
  compare("effective", () => ({ settings, workspace: "main" }), expect, attempt(effective));
  const constructed = () => new LoginSync(settings, {}).free();
  compare("login", () => ({ settings, request: {} }), expect, attempt(constructed));
}

/** Claims are the same whether they are short or not. */
function settingsOf(settings: InstanceSettings) {
  const workspaces = settings.workspaces.map(({ claim, entries, ...rest }) => ({
    ...rest,
    ...(claim && { claim: claimOf(claim) }),
    ...(entries && { entries: entriesOf(entries) }),
  }));
  return { ...settings, claim: claimOf(settings.claim), workspaces };
}

/** An empty text says as much as none. */
function entriesOf({ add, without }: WorkspaceEntries): WorkspaceEntries {
  return { ...(add && { add }), ...(without && { without }) };
}

/** The guides do not fix how a text is put together from entries, so it is compared by what it says. */
function effectiveOf({ mapping, diagnostics = [], ...effective }: EffectiveSettings) {
  const { entries } = effective;
  return {
    ...effective,
    claim: claimOf(effective.claim),
    ...(entries && { entries: entriesOf(entries) }),
    mapping: entries ? meaningOf(mapping) : mapping,
    codes: diagnostics.map(({ code }) => code).sort(),
  };
}

function expectedEffective({ mapping, codes, ...effective }: rules.ModelEffective) {
  for (const code of codes) count(`effective: diagnostic ${code}`);
  return {
    ...withoutNulls(effective),
    claim: claimOf(effective.claim),
    ...(effective.entries && { entries: entriesOf(effective.entries) }),
    mapping: effective.entries
      ? { entries: mapping.entries.map(said), codes: mapping.codes.filter(isOfEntries).sort() }
      : mapping.text,
    codes: [...codes].sort(),
  };
}

function meaningOf(text: string) {
  const { entries, diagnostics } = parseMapping(text);
  return {
    entries: entries.map(({ source: { terms, ...source }, target }) =>
      said({
        terms: (terms ?? [source]).map(({ text, kind, ...term }) => ({
          text,
          isPattern: kind === "pattern",
          isExcluded: "excluded" in term && term.excluded === true,
        })),
        target: target.text,
        isCapture: target.kind === "capture",
      }),
    ),
    codes: diagnostics
      .map(({ code }) => code)
      .filter(isOfEntries)
      .sort(),
  };
}

/** Surplus commas are between entries. */
function isOfEntries(code: string): boolean {
  return !code.endsWith("empty-entry");
}

function said({
  terms,
  target,
  isCapture,
}: Pick<Entry, "target" | "isCapture"> & { terms: Omit<Entry["terms"][0], "span">[] }) {
  return {
    terms: terms.map(({ text, isPattern, isExcluded }) => ({ text, isPattern, isExcluded })),
    target,
    isCapture,
  };
}

/** "Whatever the order of its terms." */
function distinct(terms: object[]): string[] {
  return [...new Set(terms.map((term) => JSON.stringify(term)))].sort();
}

/** What `set-entry` leaves, by what it says; the guides give the new entries no order. */
function saidOf<Change extends ReturnType<typeof changeOf>>(command: SettingsCommand, change: Change) {
  if (command.type !== "set-entry" || !("settings" in change) || !change.settings) return change;
  const entriesOf = (text: string | null | undefined) => {
    if (text == null) return undefined;
    return meaningOf(text)
      .entries.map(({ terms, ...entry }) => JSON.stringify({ ...entry, terms: distinct(terms) }))
      .sort();
  };
  const workspaces = change.settings.workspaces.map(({ mapping, entries, ...rest }) => {
    if (rest.id !== command.workspace) return { ...rest, mapping, entries };
    const [add, without] = [entriesOf(entries?.add) ?? [], entriesOf(entries?.without) ?? []];
    // Comments alone are nothing that is left.
    const isLeft = add.length > 0 || without.length > 0;
    return { ...rest, mapping: entriesOf(mapping), ...(isLeft && { entries: { add, without } }) };
  });
  return { ...change, settings: { ...change.settings, workspaces } };
}

function changeOf(command: SettingsCommand, change: SettingsChange) {
  const codes = change.diagnostics
    .map(({ code, params }) => (params && "field" in params ? `${params.field}: ${code}` : code))
    .filter((code) => command.type !== "set-entry" || isOfEntries(code))
    .sort();
  if (change.status === "applied") return { status: change.status, settings: settingsOf(change.settings), codes };
  if (change.status === "confirm") return { status: change.status, warning: change.warning, codes };
  return { status: change.status, code: change.code, codes };
}

function expected(command: SettingsCommand, change: ModelChange) {
  const codes = change.codes.filter((code) => command.type !== "set-entry" || isOfEntries(code)).sort();
  return change.status === "applied"
    ? { ...change, settings: settingsOf(withoutNulls(change.settings)), codes }
    : { ...change, codes };
}

function countChange(type: string, change: ModelChange): void {
  count(`command: ${type}`);
  count(`command: ${change.status}${change.status === "rejected" ? ` ${change.code}` : ""}`);
  for (const code of change.codes) count(`command: diagnostic ${code}`);
}
