// docs/resolving.md, "Required groups". Nothing is parsed here either: these are the sources that the random policies require.

import type { Policy } from "idp-group-sync";
import type { Term } from "./mapping.ts";

type RequiredTerm = Omit<Term, "span">;

const name = (text: string): RequiredTerm => ({ text, isPattern: false, isExcluded: false });
const pattern = (text: string): RequiredTerm => ({ text, isPattern: true, isExcluded: false });
const not = (term: RequiredTerm): RequiredTerm => ({ ...term, isExcluded: true });

/** "A name, a pattern, or a condition"; "blank, it requires nothing". */
const meanings: Record<string, RequiredTerm[]> = {
  "": [],
  " \t": [],
  sales: [name("sales")],
  " Sales Team ": [name("Sales Team")],
  "*s": [pattern("*s")],
  "okta-*&&!builder": [pattern("okta-*"), not(name("builder"))],
  "!s && engineers": [not(name("s")), name("engineers")],
  '* && !"team*"': [pattern("*"), not(name("team*"))],
  '"CN=Sales,OU=Groups" && "!s" && !okta-*': [name("CN=Sales,OU=Groups"), name("!s"), not(pattern("okta-*"))],
  "straße && ! ENGINEERS": [name("straße"), not(name("ENGINEERS"))],
};

export const requirements = Object.keys(meanings);

export function requirement({ require }: Policy): RequiredTerm[] {
  return meanings[require ?? ""];
}

/** "As they would be written in a mapping." */
export function termText({ text, isPattern, isExcluded }: RequiredTerm): string {
  const isQuoted = !isPattern && /[,*]|^!/.test(text);
  return (isExcluded ? "!" : "") + (isQuoted ? `"${text}"` : text);
}

/** Texts that are no source. */
export const noSources = ["sales ->", "!sales", "sales &&", "a, b", '"sales', "s -> sales"];
