// docs/mapping.md: what entries say. Texts are written from entries (random/mapping-text.ts), so nothing is parsed here.

import type { Span } from "idp-group-sync";

export interface Term {
  text: string;
  isPattern: boolean;
  isExcluded: boolean;
  /** "The name as it stands in the text, quotes included, without the `!`." */
  span: Span;
}

/** "A source of several terms, or with a `!`, is a condition"; any other has one term. */
export interface Entry {
  terms: Term[];
  target: string;
  isCapture: boolean;
  span: Span;
  /** Which text the span is in, where a workspace follows the instance's mapping by entry. */
  text?: "instance" | "workspace";
}

/** A text, its entries, and the codes that reading it reports. */
export interface Mapping {
  text: string;
  entries: Entry[];
  codes: string[];
  /** Has an error, so that it never runs. */
  broken: boolean;
}

/** What a text means. */
export type Reader = (text: string) => Mapping;

/** How names are compared: as what each of them becomes. */
export type Comparing = (name: string) => string;

/** "Same source and same target: as they are read"; "the order of the terms means nothing, and nor does a repeated one." */
export function isSameEntry(one: Entry, other: Entry): boolean {
  const isTerm = (term: Term) => (same: Term) =>
    same.text === term.text && same.isPattern === term.isPattern && same.isExcluded === term.isExcluded;
  return (
    one.terms.every((term) => other.terms.some(isTerm(term))) &&
    other.terms.every((term) => one.terms.some(isTerm(term))) &&
    one.target === other.target &&
    one.isCapture === other.isCapture
  );
}

export function standsIn(entries: Entry[], entry: Entry): boolean {
  return entries.some((other) => isSameEntry(other, entry));
}

/** What is doubtful about entries, whatever text they stand in. */
export function doubtsOf(entries: Entry[]): string[] {
  return entries.flatMap((entry, place) => [
    ...(isContradictory(entry.terms) ? ["contradiction"] : []),
    ...(standsIn(entries.slice(0, place), entry) ? ["duplicate-entry"] : []),
  ]);
}

export function isCondition({ terms }: Entry): boolean {
  return terms.length > 1 || terms[0].isExcluded;
}

/** Whether an IdP group is this name, or matches this pattern, be the term excluded or not. */
export function isAbout({ text, isPattern }: Omit<Term, "span">, idpGroup: string, as: Comparing): boolean {
  return isPattern ? patternMatches(as(text), as(idpGroup)) : as(text) === as(idpGroup);
}

/** "A term is met if some IdP group is that name, or matches that pattern; with `!`, if none does." */
export function isTermMet(term: Omit<Term, "span">, idpGroups: string[], as: Comparing): boolean {
  return term.isExcluded !== idpGroups.some((idpGroup) => isAbout(term, idpGroup, as));
}

/** "The condition is met if all of its terms are, whichever groups meet them." */
export function isMet(terms: Omit<Term, "span">[], idpGroups: string[], as: Comparing): boolean {
  return terms.every((term) => isTermMet(term, idpGroups, as));
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

/** "Exactly one term that has no `!` must be a pattern, and its stars are meant." */
export function capturing({ terms }: Entry): Term {
  const [pattern] = terms.filter(({ isPattern, isExcluded }) => isPattern && !isExcluded);
  return pattern;
}

/** "Captures": the target, where the star or `$1` to `$9` stand for what the source's stars matched. */
export function capture(entry: Entry, idpGroup: string, as: Comparing): string {
  const found = starsOf(as(capturing(entry).text), as(idpGroup)) ?? [];
  return entry.target.replace(/\*|\$([1-9])/g, (_, number) => found[number === undefined ? 0 : Number(number) - 1]);
}

/** "An earlier star takes as few characters as possible." */
function starsOf(pattern: string, name: string): string[] | undefined {
  const star = pattern.indexOf("*");
  if (star < 0) return pattern === name ? [] : undefined;
  if (!name.startsWith(pattern.slice(0, star))) return undefined;
  for (let end = star; end <= name.length; end++) {
    const rest = starsOf(pattern.slice(star + 1), name.slice(end));
    if (rest) return [name.slice(star, end), ...rest];
  }
  return undefined;
}

/** "For the removal of mapped groups, each `*` and each `$1` to `$9` of a capture may be any text." */
export function mayGive({ target }: Entry, group: string): boolean {
  return patternMatches(target.replace(/\$[1-9]/g, "*"), group);
}

/** "An excluded pattern that matches what is demanded", or the same term with and without `!`. */
export function isContradictory(terms: Term[]): boolean {
  const excluded = terms.filter(({ isExcluded }) => isExcluded);
  const demanded = terms.filter(({ isExcluded }) => !isExcluded);
  return excluded.some((term) =>
    demanded.some((other) => {
      if (!term.isPattern) return !other.isPattern && term.text === other.text;
      return patternMatches(term.text, other.isPattern ? other.text.replaceAll("*", invented) : other.text);
    }),
  );
}

/** No name or pattern of a random case holds this letter. */
export const invented = "\u{1F995}";
