// docs/mapping.md: what entries say. Texts are written from entries (random/mapping-text.ts), so nothing is parsed here.

import type { Span } from "idp-group-sync";

export interface Entry {
  source: string;
  isPattern: boolean;
  target: string;
  isCapture: boolean;
  span: Span;
}

/** A text, its entries, and the codes that reading it reports. */
export interface Mapping {
  text: string;
  entries: Entry[];
  codes: string[];
  /** Has an error, so that it never runs. */
  broken: boolean;
}

/** "Patterns": it matches the whole name, and each `*` stands for any run of characters, none included. */
export function patternMatches(pattern: string, name: string): boolean {
  if (pattern === "") return name === "";
  if (pattern[0] !== "*") return pattern[0] === name[0] && patternMatches(pattern.slice(1), name.slice(1));
  for (let taken = 0; taken <= name.length; taken++) {
    if (patternMatches(pattern.slice(1), name.slice(taken))) return true;
  }
  return false;
}

/** "Captures": the target, where the star stands for what the source's only star matched. */
export function capture(entry: Entry, idpGroup: string): string {
  const [before, after] = entry.source.split("*");
  const captured = idpGroup.slice(before.length, idpGroup.length - after.length);
  const [start, end] = entry.target.split("*");
  return start + captured + end;
}
