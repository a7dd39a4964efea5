// docs/claims.md, "Its value", "Lists in strings" and "Items".

import type { ClaimItem, ClaimSource } from "idp-group-sync";
import { find } from "./claim-paths.ts";
import { listOf } from "./claims.ts";

/** The name of an item, `null` where the item is left out, or what is wrong with the whole claim. */
export type Read = string | null | { code: string };

interface Names {
  names: Read[];
  /** How many items there were, empty parts of a string included. */
  items: number;
  looksDelimited: boolean;
}

const malformed = { code: "claim-malformed" };
const encoded = { code: "claim-looks-encoded" };

/** "A name of more than 4,096 characters". */
export function isOverlong(name: string): boolean {
  return [...name].length > 4096;
}

/** "A string that begins with `[` and ends with `]`, or begins with `{` and ends with `}`, white space aside." */
export function looksEncoded(text: string): boolean {
  return /^\s*(\[[\s\S]*\]|\{[\s\S]*\})\s*$/.test(text);
}

/** The names of one value, which the path's last segment `own` leads to. */
export function namesOf(given: unknown, ownName: string, source: ClaimSource): Names {
  const item = source.item ?? "text";
  const none = (names: Read[]): Names => ({ names, items: names.length, looksDelimited: false });
  const decoded = decodedOf(given, source);
  if (decoded === undefined) {
    // Whatever is in it, a list of too many is one, where a list can be read.
    const isList = Array.isArray(given) && item !== "key" && item !== "flag";
    return { ...none([malformed]), items: isList ? given.length : 1 };
  }
  const { value } = decoded;
  if (item === "flag") {
    if (value === true || value === "true") return none([ownName]);
    return none(value === false || value === "false" ? [] : [malformed]);
  }
  if (item === "key") {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return none([malformed]);
    const keys = Object.entries(value).filter(([, on]) => on !== false && on !== null);
    // "In the order of their names."
    const names = keys.map(([key]) => key).sort((one, other) => (one < other ? -1 : 1));
    return none(names.map((name) => textName(name, "text")));
  }
  if (Array.isArray(value)) return none(value.map((one) => nameOf(one, item)));
  if (typeof value === "number" || (typeof value === "object" && value !== null)) return none([nameOf(value, item)]);
  if (typeof value !== "string") return none([malformed]);
  // "Wherever a name is read", also with a delimiter.
  if (looksEncoded(value) && typeof item !== "object") return none([encoded]);
  const delimiters = listOf(source.delimiter);
  if (delimiters.length > 0) {
    const parts = delimiters.reduce((texts, one) => texts.flatMap((text) => text.split(one)), [value]);
    const names = parts.map((part) => part.trim()).filter((part) => part !== "");
    return { names: names.map((part) => nameOf(part, item)), items: parts.length, looksDelimited: false };
  }
  // LDAP names hold commas by nature.
  const isLdap = item === "ldap-cn" || item === "ldap-ou";
  return { ...none([nameOf(value, item)]), looksDelimited: !isLdap && !source.decode && /[,; ]/.test(value) };
}

/** "Lists in strings": what a string holds; `undefined` where it can't be decoded. */
function decodedOf(value: unknown, { decode }: ClaimSource): { value: unknown } | undefined {
  if (!decode) return { value };
  if (typeof value === "string") return decodedText(value, decode);
  if (!Array.isArray(value)) return { value };
  // "Each string in it is decoded, and one that holds a list gives all its members."
  const items = value.map((item) => (typeof item === "string" ? decodedText(item, decode) : { value: item }));
  if (items.includes(undefined)) return undefined;
  return { value: items.flatMap((item) => item?.value) };
}

function decodedText(text: string, decode: "json" | "bracketed"): { value: unknown } | undefined {
  // "An empty string is an empty name."
  if (text === "") return { value: "" };
  if (decode === "bracketed") {
    const inside = /^\s*\[([\s\S]*)\]\s*$/.exec(text)?.[1];
    if (inside === undefined) return { value: text };
    const items = bracketed(inside);
    return items && { value: items };
  }
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** "The trimmed items between commas; in quotes, a backslash before that quote or a backslash is dropped." */
function bracketed(inside: string): string[] | undefined {
  if (inside.trim() === "") return [];
  const items: string[] = [];
  let rest = inside;
  for (;;) {
    const quoted = /^\s*(?:'((?:\\['\\]|[^'])*)'|"((?:\\["\\]|[^"])*)")\s*(,|$)/.exec(rest);
    const bare = /^([^,]*)(,|$)/.exec(rest);
    // "An item that begins with a quote ends with it", or the claim is malformed.
    if (!quoted && /^\s*["']/.test(rest)) return undefined;
    const match = quoted ?? bare;
    if (!match) return items;
    if (quoted?.[1] !== undefined) items.push(quoted[1].replace(/\\(['\\])/g, "$1"));
    else if (quoted) items.push(quoted[2].replace(/\\(["\\])/g, "$1"));
    else if (bare) items.push(bare[1].trim());
    if (match[match.length - 1] === "") return items;
    rest = rest.slice(match[0].length);
  }
}

/** "Items": of a value that is no list. */
function nameOf(value: unknown, item: ClaimItem): Read {
  if (typeof item === "object") {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return malformed;
    const [found] = find(value, item.field);
    return found ? textName(found.value, "text") : malformed;
  }
  return textName(value, item);
}

function textName(value: unknown, item: ClaimItem): Read {
  // "A whole number within \u00b12^53 is read as its decimal text."
  if (typeof value === "number") return Number.isSafeInteger(value) ? textName(String(value), item) : malformed;
  if (typeof value !== "string" || !value.isWellFormed()) return malformed;
  if (looksEncoded(value)) return encoded;
  if (value === "") return "";
  if (item === "last-path-segment") {
    const path = value.replace(/\/$/, "");
    return path.slice(path.lastIndexOf("/") + 1) || malformed;
  }
  if (item === "ldap-cn") return fromLdap(value, ["cn", "2.5.4.3"]);
  if (item === "ldap-ou") return fromLdap(value, ["ou", "2.5.4.11"]);
  return value;
}

/** RFC 4514: what the first part of the name gives for the attribute; `null` for another attribute. */
function fromLdap(text: string, attributes: string[]): Read {
  const value = /(?:\\[0-9a-f]{2}|\\["+,;<>\\ #=]|[^"+,;<>\\])*/iy;
  const attribute = /\s*([a-z][a-z0-9-]*|\d+(?:\.\d+)+)\s*=/iy;
  const parts: { attribute: string; value: string; isFirst: boolean }[] = [];
  let isFirst = true;
  for (let place = 0; ; ) {
    attribute.lastIndex = place;
    const named = attribute.exec(text);
    if (!named) return malformed;
    value.lastIndex = attribute.lastIndex;
    const [raw] = value.exec(text) ?? [""];
    parts.push({ attribute: named[1].toLowerCase(), value: raw.trim(), isFirst });
    place = value.lastIndex;
    if (place === text.length) break;
    if (text[place] !== "," && text[place] !== "+") return malformed;
    if (text[place] === ",") isFirst = false;
    place++;
  }
  const found = parts.find((part) => part.isFirst && attributes.includes(part.attribute));
  if (!found) return null;
  if (found.value.startsWith("#")) return malformed;
  return found.value.replace(/\\([0-9a-f]{2})|\\(.)/gi, (_, code, sign) =>
    code ? String.fromCharCode(Number.parseInt(code, 16)) : sign,
  );
}
