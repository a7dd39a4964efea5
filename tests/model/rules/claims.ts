// docs/claims.md: reading the IdP groups from a token.

import type { ClaimOptions, ClaimSource } from "idp-group-sync";
import { isOverlong, namesOf, type Read } from "./claim-items.ts";
import { find, last, own, pointer } from "./claim-paths.ts";

export interface Reading {
  status: "present" | "empty" | "missing" | "malformed" | "incomplete";
  groups: string[];
  path: string[];
  codes: string[];
}

/** "A name alone is short for `{ name }`", and `null` is as good as left out. */
export function sourcesOf(options: ClaimOptions): ClaimSource[] {
  const sources = Array.isArray(options) ? options : [options];
  return sources.map((source) => (typeof source === "string" ? { name: source } : source));
}

export function listOf<Value>(value: Value | Value[] | null | undefined): Value[] {
  return Array.isArray(value) ? value : value == null ? [] : [value];
}

const largest = 10_000;

interface SourceReading extends Reading {
  /** How many items were read, empty parts of a string included. */
  items: number;
}

/** "Several sources": malformed or incomplete if one is, missing if all are, or one that is required; else all of them. */
export function readClaim(claims: object, options: ClaimOptions): Reading {
  const sources = sourcesOf(options);
  const readings: SourceReading[] = [];
  for (const source of sources) {
    const reading = readSource(claims, source);
    const items = readings.reduce((sum, one) => sum + one.items, reading.items);
    if (items > largest) return unread("malformed", reading.path, ["claim-too-many-groups"]);
    if (reading.status === "malformed" || reading.status === "incomplete") return plain(reading);
    readings.push(reading);
  }
  const isMissing = ({ status }: Reading) => status === "missing";
  const there = readings.filter((reading) => !isMissing(reading));
  const lacking = readings.find((reading, place) => isMissing(reading) && sources[place].required);
  if (lacking) return plain(lacking);
  if (there.length === 0) {
    const codes = readings.flatMap((reading) => reading.codes);
    return unread(
      "missing",
      [],
      ["claim-missing", "claim-case"].filter((code) => codes.includes(code)),
    );
  }
  const groups = there.flatMap((reading) => reading.groups);
  const distinct = groups.filter((name, place) => groups.indexOf(name) === place);
  return {
    status: distinct.length > 0 ? "present" : "empty",
    groups: distinct,
    path: there[0].path,
    codes: there.flatMap(({ codes }) => codes),
  };
}

function plain({ status, groups, path, codes }: Reading): Reading {
  return { status, groups, path, codes };
}

/** "Of a list of names in one source, the first is read that is there." */
function readSource(claims: object, source: ClaimSource): SourceReading {
  const names = listOf(source.name);
  for (const name of names) {
    const found = find(claims, name).filter(({ value }) => value !== null);
    if (found.length > 0) return readValues(found, source);
    // "A name that the token says is kept elsewhere is not passed over."
    if (isElsewhere(claims, name)) return { ...unread("incomplete", [], ["claim-incomplete"]), items: 0 };
  }
  // diagnostics.md, `claim-case`: no such claim, but one of that name in another case.
  const isOther = (key: string) => names.some((name) => key !== name && key.toLowerCase() === name.toLowerCase());
  const codes = Object.keys(claims).some(isOther) ? ["claim-missing", "claim-case"] : ["claim-missing"];
  return { ...unread("missing", [], codes), items: 0 };
}

function readValues(found: { path: string[]; value: unknown }[], source: ClaimSource): SourceReading {
  const [{ path }] = found;
  const reads = found.map(({ path, value }) => namesOf(value, last(path), source));
  const items = reads.reduce((sum, { items }) => sum + items, 0);
  if (items > largest) return { ...unread("malformed", path, ["claim-too-many-groups"]), items };
  const names = reads.flatMap(({ names }): Read[] => names);
  const fault = names.find((name) => typeof name === "object" && name !== null);
  if (fault) return { ...unread("malformed", path, [fault.code]), items: 0 };
  const read = names.filter((name) => typeof name === "string");
  const prefixed = read.map((name) => (name === "" ? "" : (source.prefix ?? "") + name));
  if (prefixed.some(isOverlong)) return { ...unread("malformed", path, ["claim-malformed"]), items: 0 };
  const codes = reads.some(({ looksDelimited }) => looksDelimited) ? ["claim-looks-delimited"] : [];
  // "An item whose first RDN is of another attribute is left out".
  const reading = readNames(prefixed, path, codes);
  return { ...reading, codes: names.includes(null) ? [...reading.codes, "claim-item-skipped"] : reading.codes, items };
}

/** "`resolveGroups` takes names as they are"; the limit holds here too. */
export function readGroupList(groups: string[]): Reading {
  if (groups.length > largest) return unread("malformed", [], ["claim-too-many-groups"]);
  if (groups.some((group) => !group.isWellFormed() || isOverlong(group)))
    return unread("malformed", [], ["claim-malformed"]);
  return readNames(groups, [], []);
}

/** "Its value": empty names are dropped with `claim-empty-item`, repeats are dropped, the order is kept. */
function readNames(names: string[], path: string[], codes: string[]): Reading {
  const groups = names.filter((name, place) => name !== "" && names.indexOf(name) === place);
  const reported = names.includes("") ? [...codes, "claim-empty-item"] : codes;
  return { status: groups.length > 0 ? "present" : "empty", groups, path, codes: reported };
}

function unread(status: "missing" | "malformed" | "incomplete", path: string[], codes: string[]): Reading {
  return { status, groups: [], path, codes };
}

/** "Overage": absent, and the token says that the groups are elsewhere. */
function isElsewhere(claims: object, name: string): boolean {
  const elsewhere = own(claims, "_claim_names")?.value;
  const first = name.startsWith("/") ? pointer(name)[0] : name.split(".")[0];
  if (own(elsewhere, name) !== undefined || own(elsewhere, first) !== undefined) return true;
  // It speaks of the claim `groups` only.
  const hasgroups = own(claims, "hasgroups")?.value;
  if (name === "groups" && (hasgroups === true || hasgroups === "true")) return true;
  // "What stands before the last `/` of either may differ."
  if (name.startsWith("/")) return false;
  const end = (text: string) => text.slice(text.lastIndexOf("/") + 1);
  return Object.keys(claims).some((key) => end(key) === `${end(name)}.link`);
}
