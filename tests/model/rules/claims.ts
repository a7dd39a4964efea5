// docs/claims.md: reading the IdP groups from a token.

import type { ClaimOptions } from "idp-group-sync";

export interface Reading {
  status: "present" | "empty" | "missing" | "malformed" | "incomplete";
  groups: string[];
  path: string[];
  codes: string[];
}

interface Found {
  path: string[];
  value: unknown;
}

export type Item = "text" | "last-path-segment" | "ldap-cn" | { field: string };

/** A setting of one source without a prefix, which is all that the random cases have. */
export interface OneSource {
  name: string;
  delimiter?: string;
  item?: Item;
}

export function oneSource(options: ClaimOptions): OneSource {
  return typeof options === "string" ? { name: options } : (options as OneSource);
}

const largest = 10_000;

/** "A name of more than 4,096 characters". */
const isOverlong = (name: string) => [...name].length > 4096;

export function readClaim(claims: object, options: ClaimOptions): Reading {
  const { name, delimiter, item } = oneSource(options);
  const found = find(claims, name);
  // "`null` is the same as no claim."
  if (!found || found.value === null) return absent(claims, name);
  const items = itemsOf(found.value, delimiter ?? undefined);
  if (items === undefined) return unread("malformed", found.path, ["claim-malformed"]);
  // "A string of more than 10,000 parts, empty ones included".
  const parts = typeof found.value === "string" && delimiter != null ? found.value.split(delimiter).length : 0;
  if (Math.max(items.length, parts) > largest) return unread("malformed", found.path, ["claim-too-many-groups"]);
  const names = items.map((value) => nameOf(value, item ?? "text"));
  const read = names.filter((value) => typeof value === "string");
  // "An item whose first RDN is of another attribute is left out".
  const skipped = names.filter((value) => value === null).length;
  if (read.length + skipped < names.length || read.some(isOverlong))
    return unread("malformed", found.path, ["claim-malformed"]);
  // LDAP names hold commas by nature.
  const isOneText = typeof found.value === "string" && delimiter == null && item !== "ldap-cn";
  const looksDelimited = isOneText && /[,; ]/.test(found.value as string);
  const codes = looksDelimited ? ["claim-looks-delimited"] : [];
  return readNames(read, found.path, skipped > 0 ? [...codes, "claim-item-skipped"] : codes);
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
function absent(claims: object, name: string): Reading {
  const elsewhere = own(claims, "_claim_names")?.value;
  const first = name.startsWith("/") ? pointer(name)[0] : name.split(".")[0];
  const named = own(elsewhere, name) !== undefined || own(elsewhere, first) !== undefined;
  const hasgroups = own(claims, "hasgroups")?.value;
  // It speaks of the claim `groups` only.
  if (named || (name === "groups" && (hasgroups === true || hasgroups === "true")))
    return unread("incomplete", [], ["claim-incomplete"]);
  // diagnostics.md, `claim-case`: no such claim, but one of that name in another case.
  const otherCase = Object.keys(claims).some((key) => key !== name && key.toLowerCase() === name.toLowerCase());
  return unread("missing", [], otherCase ? ["claim-missing", "claim-case"] : ["claim-missing"]);
}

/** "Finding the claim", its three steps in order. */
function find(claims: object, name: string): Found | undefined {
  const exact = own(claims, name);
  if (exact) return { path: [name], value: exact.value };
  if (name.startsWith("/")) return findByPointer(claims, pointer(name));
  return findByPath(claims, name.split("."));
}

function pointer(name: string): string[] {
  return name
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function findByPointer(claims: unknown, tokens: string[]): Found | undefined {
  let value = claims;
  for (const token of tokens) {
    const next = Array.isArray(value) ? element(value, token) : own(value, token);
    if (!next) return undefined;
    value = next.value;
  }
  return { path: tokens, value };
}

/** RFC 6901: array indices are digits without a leading zero. */
function element(array: unknown[], token: string): { value: unknown } | undefined {
  if (!/^(0|[1-9][0-9]*)$/.test(token) || Number(token) >= array.length) return undefined;
  return { value: array[Number(token)] };
}

/** "At each level the longest run of segments that is a property comes first; a run that leads nowhere gives way." */
function findByPath(value: unknown, segments: string[]): Found | undefined {
  if (segments.length === 0) return { path: [], value };
  for (let length = segments.length; length > 0; length--) {
    const property = segments.slice(0, length).join(".");
    const next = own(value, property);
    const rest = next && findByPath(next.value, segments.slice(length));
    if (rest) return { path: [property, ...rest.path], value: rest.value };
  }
  return undefined;
}

/** "Only own properties of the token count", and only those of objects. */
function own(value: unknown, property: string): { value: unknown } | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  if (!Object.hasOwn(value, property)) return undefined;
  return { value: (value as Record<string, unknown>)[property] };
}

/** "Its value": an array, a string, or nothing that can be read. */
function itemsOf(value: unknown, delimiter: string | undefined): unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (typeof value === "number") return [value];
  // "A single object where a list of objects belongs is a list of one."
  if (typeof value === "object") return [value];
  if (typeof value !== "string") return undefined;
  if (delimiter === undefined) return [value];
  return value
    .split(delimiter)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** "Items": the group's name, or `undefined` where the item makes the claim malformed. */
function nameOf(value: unknown, item: Item): string | null | undefined {
  const found = typeof item === "object" ? own(value, item.field)?.value : value;
  // "A whole number is read as its decimal text."
  const text = typeof found === "number" ? String(found) : found;
  if (typeof text !== "string" || !text.isWellFormed()) return undefined;
  if (text === "") return "";
  if (item === "last-path-segment") {
    const path = text.replace(/\/$/, "");
    return path.slice(path.lastIndexOf("/") + 1) || undefined;
  }
  if (item === "ldap-cn") return commonName(text);
  return text;
}

/** The common name that an LDAP name begins with, `null` for one that begins with something else; the generator writes none with escapes or several values in a part. */
function commonName(text: string): string | null | undefined {
  // RFC 4514: these stand in no value unless they are escaped.
  if (/["+;<>]/.test(text)) return undefined;
  const parts = text.split(",").map((part) => part.split("="));
  if (parts.some((part) => part.length !== 2 || part[0].trim() === "")) return undefined;
  const [attribute, value] = parts[0];
  return attribute.trim().toLowerCase() === "cn" ? value.trim() : null;
}
