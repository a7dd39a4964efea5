import { ask } from "./boundary.js";
import { instance } from "./engine.js";
import { entriesOf, type Parsed } from "./entries.js";
import type {
  AddedEntries,
  Catalog,
  Completion,
  Diagnostic,
  Entry,
  GroupSyncConfig,
  IdpGroup,
  ImportedMapping,
  ImportFormat,
  MappingDiff,
  MappingMerge,
  NewEntry,
  Policy,
} from "./generated/types.js";
import { anyText, place, plain, plainRows, wholeText } from "./plain.js";
import type { Taken } from "./taken.js";

/**
 * Reads mapping text, for example `Marketing Team -> marketing, Sales Team -> sales`.
 *
 * Never throws for what the text says: text with errors yields the entries that could be read, and diagnostics.
 * A lone surrogate is read as U+FFFD.
 *
 * @param text the mapping; at most 4 MiB and 50,000 entries
 * @returns the entries in text order, and what is wrong with the text in itself. Spans count UTF-16 code units from 0;
 * their lines and columns count from 1
 * @throws {GroupSyncError} `invalid-input` if `text` is no string
 * @category Edit a mapping
 */
export function parseMapping(text: string): { entries: Entry[]; diagnostics: Diagnostic[] } {
  const given = anyText(text, "text");
  const parsed: Parsed = ask(instance(), { text: given }, (glue, length) => glue.parseMapping(length));
  return { entries: entriesOf(given, parsed), diagnostics: parsed.diagnostics };
}

/**
 * Writes mapping text in its canonical form: ` -> `, quotes only where they are needed, comments kept. The result has
 * exactly the entries of `text`.
 *
 * @param text the mapping
 * @param style `line` (default) for one entry a line, `file` for the same with its blank lines and a line break at the end, `inline` for entries joined by `, `
 * @throws {GroupSyncError} `invalid-mapping` with diagnostics if the text has errors; `invalid-input` if an argument is
 * not of its documented shape
 * @category Edit a mapping
 */
export function formatMapping(text: string, style?: "line" | "file" | "inline"): string {
  const given = { text: wholeText(text, "text"), style: plain(style, "style") };
  return ask(instance(), given, (glue, length) => glue.formatMapping(length));
}

/**
 * Adds entries to the end of mapping text, each on a line of its own, with the names in quotes where they have to be. An
 * entry that is there already is not added again. All else stays as it is, unfinished lines and comments included.
 *
 * @param text the mapping, which may have errors. A lone surrogate is read as U+FFFD
 * @param entries the names of an IdP group and of a role or group for each
 * @returns the text with the entries, and the insertion that makes it of `text`, if one is needed
 * @throws {GroupSyncError} `invalid-input` with a `path` such as `entries[0].source` if a name is empty or over 4,096
 * characters, or an argument is not of its documented shape
 * @category Edit a mapping
 */
export function addEntries(text: string, entries: readonly NewEntry[]): AddedEntries {
  const given = { text: anyText(text, "text"), entries: plain(entries, "entries") };
  return ask(instance(), given, (glue, length) => glue.addEntries(length));
}

/**
 * Turns a mapping that another product keeps into mapping text: Grafana, Gitea, Forgejo, Argo CD, Coder, GitLab, Keycloak,
 * Flask-AppBuilder, Vault, OpenBao, Retool, ToolJet, JSON and CSV.
 *
 * How it is written is recognised where that is sure. Where either side of the pairs could be the IdP groups, nothing is
 * guessed: `choices` holds what `from` may say. What can't be said in a mapping is among the diagnostics, never dropped.
 *
 * @param text what the other product has. A lone surrogate is read as U+FFFD
 * @param options `from` says how it is written
 * @returns the mapping, which has no errors; diagnostics have their places in `text`
 * @throws {GroupSyncError} `invalid-input` with a `path` if an argument is not of its documented shape
 * @category Edit a mapping
 */
export function importMapping(text: string, options?: { from?: ImportFormat }): ImportedMapping {
  const given = { text: anyText(text, "text"), "options.from": plain(options?.from, "options.from") };
  return ask(instance(), given, (glue, length) => glue.importMapping(length));
}

/**
 * Merges two versions that were made of one mapping, entry by entry: what either added is there, what either removed is not.
 * Where both changed the entries of one source, and not alike, mine stay and the conflict is reported.
 *
 * The text is mine, edited in place. What theirs added stands behind the entry that it follows in theirs, with its comments.
 *
 * @param base the version that both were made of
 * @param mine the version that is kept where the two disagree
 * @param theirs the other version
 * @throws {GroupSyncError} `invalid-mapping` with diagnostics and the `path` `base`, `mine` or `theirs` if that text has
 * errors; `invalid-input` if one is no string
 * @category Edit a mapping
 */
export function mergeMappings(base: string, mine: string, theirs: string): MappingMerge {
  const given = { base: wholeText(base, "base"), mine: wholeText(mine, "mine"), theirs: wholeText(theirs, "theirs") };
  return ask(instance(), given, (glue, length) => glue.mergeMappings(length));
}

/**
 * Finds everything that is wrong or doubtful about a mapping for one application: what {@link parseMapping} reports, and
 * how the names compare with the catalog.
 *
 * Only an `error` keeps a mapping from running; a `warning` or `info` never does. Text that has errors is no exception
 * here: it is reported, not thrown.
 *
 * @param text the mapping
 * @param catalog the roles and groups that can be granted
 * @param policy what the mapping runs under; its defaults apply where it is left out
 * @param idpGroups the groups that the identity provider is known to have, from tokens or a directory: a source that is none of
 * them is `unknown-source`. Without any, none is
 * @returns diagnostics with fixes; spans count UTF-16 code units
 * @throws {GroupSyncError} `invalid-input` with a `path` if an argument is not of its documented shape
 * @category Edit a mapping
 */
export function checkMapping(
  text: string,
  catalog: Taken<Catalog>,
  policy?: Taken<Policy>,
  idpGroups?: Taken<IdpGroup[]>,
): Diagnostic[] {
  const given = {
    text: anyText(text, "text"),
    catalog: plainRows(catalog, "catalog"),
    policy: plain(policy, "policy"),
    idpGroups: plain(idpGroups, "idpGroups"),
  };
  return ask(instance(), given, (glue, length) => glue.checkMapping(length));
}

/**
 * Reads and checks a mapping in one go, for an editor that shows both at every keystroke: the entries that
 * {@link parseMapping} reads, and the diagnostics that {@link checkMapping} finds.
 *
 * @param text the mapping
 * @param catalog the roles and groups that can be granted
 * @param policy what the mapping runs under; its defaults apply where it is left out
 * @param idpGroups the groups that the identity provider is known to have
 * @throws {GroupSyncError} `invalid-input` with a `path` if an argument is not of its documented shape
 * @category Edit a mapping
 */
export function inspectMapping(
  text: string,
  catalog: Taken<Catalog>,
  policy?: Taken<Policy>,
  idpGroups?: Taken<IdpGroup[]>,
): { entries: Entry[]; diagnostics: Diagnostic[] } {
  const given = {
    text: anyText(text, "text"),
    catalog: plainRows(catalog, "catalog"),
    policy: plain(policy, "policy"),
    idpGroups: plain(idpGroups, "idpGroups"),
  };
  const inspected: Parsed = ask(instance(), given, (glue, length) => glue.inspectMapping(length));
  return { entries: entriesOf(given.text, inspected), diagnostics: inspected.diagnostics };
}

/**
 * Completes the name at a place in mapping text: IdP groups before the arrow, roles and groups of the catalog after it.
 *
 * @param text the mapping, which may be unfinished
 * @param offset the cursor, in UTF-16 code units from the start of `text`
 * @param catalog the roles and groups that can be granted
 * @param idpGroups IdP groups to offer as sources, by name and by label
 * @returns the completions in the order to show them; each `edit` replaces a part of `text`
 * @throws {GroupSyncError} `invalid-input` with a `path` if an argument is not of its documented shape
 * @category Edit a mapping
 */
export function completeMapping(
  text: string,
  offset: number,
  catalog: Taken<Catalog>,
  idpGroups?: Taken<IdpGroup[]>,
): Completion[] {
  const given = {
    text: anyText(text, "text"),
    offset: place(offset, "offset"),
    catalog: plainRows(catalog, "catalog"),
    idpGroups: plain(idpGroups, "idpGroups"),
  };
  return ask(instance(), given, (glue, length) => glue.completeMapping(length));
}

/**
 * Compares two configurations exactly: every IdP group (or pattern) whose effect differs, and none that does not.
 *
 * A change is reported when a user with only that IdP group would get a different role or different groups.
 *
 * @param before the configuration in force
 * @param after the configuration that would replace it
 * @throws {GroupSyncError} `invalid-mapping` with diagnostics if one of the texts has errors; `invalid-input` with a `path`
 * such as `after.catalog.groups[3].requires` if an argument is not of its documented shape
 * @category Preview
 */
export function diffMappings(before: Taken<GroupSyncConfig>, after: Taken<GroupSyncConfig>): MappingDiff {
  const given = { before: plainRows(before, "before"), after: plainRows(after, "after") };
  return ask(instance(), given, (glue, length) => glue.diffMappings(length));
}
