// Mappings: entries first, and then a text that says them (docs/mapping.md), with its places noted while it is written.

import fc from "fast-check";
import type { Span } from "idp-group-sync";
import { doubtsOf, type Entry, type Mapping, type Term } from "../rules/mapping.ts";
import {
  appGroup,
  capture,
  idpGroup,
  often,
  pattern,
  roleOrUnknown,
  threeCaptures,
  threeStars,
  twoCaptures,
  twoStars,
} from "./names.ts";

interface Side {
  text: string;
  /** Whether a `*` or `$1` in it means something, so that it has to be written without quotes. */
  isStarred: boolean;
  isQuoted: boolean;
}

interface TermDraft extends Side {
  isExcluded: boolean;
}

interface Drafted {
  source: TermDraft[];
  target: Side;
  arrow: string;
  and: string;
  behind: string;
}

const name = (text: fc.Arbitrary<string>) => fc.record({ text, isStarred: fc.constant(false), isQuoted: fc.boolean() });
const starred = (text: fc.Arbitrary<string>) =>
  fc.record({ text, isStarred: fc.constant(true), isQuoted: fc.constant(false) });

const target = name(fc.oneof({ weight: 3, arbitrary: appGroup }, { weight: 2, arbitrary: roleOrUnknown }));
const arrow = fc.constantFrom(" -> ", "->", " → ", "→", "\t-> ");
const behind = fc.constantFrom(
  "\n",
  ", ",
  ",",
  "\r\n",
  "\n\n",
  ",\n",
  ",,",
  ", # engineers -> admin\n",
  "\n# sales -> sales\n",
);

const and = fc.constantFrom(" && ", "&&", "\t&& ", " &&  ");

const alone = (side: fc.Arbitrary<Side>) => side.map((one): TermDraft[] => [{ ...one, isExcluded: false }]);
const excluded = (side: fc.Arbitrary<Side>) => side.map((one): TermDraft => ({ ...one, isExcluded: true }));
const demanded = (side: fc.Arbitrary<Side>) => side.map((one): TermDraft => ({ ...one, isExcluded: false }));

const anyTerm: fc.Arbitrary<Side> = fc.oneof(
  { weight: 3, arbitrary: name(idpGroup) },
  { weight: 2, arbitrary: starred(pattern) },
);
const otherTerm = fc.oneof(
  { weight: 2, arbitrary: demanded(anyTerm) },
  { weight: 1, arbitrary: excluded(name(idpGroup)) },
  { weight: 1, arbitrary: excluded(starred(often("okta-*", "s*s", 2))) },
);

/** The terms in any order, one of them perhaps twice; at most 16. */
function mixed(first: fc.Arbitrary<TermDraft>, others: fc.Arbitrary<TermDraft[]>): fc.Arbitrary<TermDraft[]> {
  return fc
    .record({ first, others, place: fc.nat(3), isRepeated: often(false, true, 7) })
    .map(({ first, others, place, isRepeated }) => {
      const terms = [...others.slice(0, place), first, ...others.slice(place)];
      return isRepeated && terms.length < 16 ? [...terms, { ...others[0], isQuoted: false }] : terms;
    });
}

const few = { minLength: 1, maxLength: 3, size: "max" } as const;
const condition = mixed(
  demanded(anyTerm),
  fc.oneof(
    { weight: 20, arbitrary: fc.array(otherTerm, few) },
    fc.array(otherTerm, { minLength: 14, maxLength: 15, size: "max" }),
  ),
);

/** Besides the pattern that is captured, no other without a `!`. */
const beside = fc.array(fc.oneof(demanded(name(idpGroup)), excluded(name(idpGroup)), excluded(starred(pattern))), few);

const numbered = fc.oneof(
  fc.record({ pattern: fc.constantFrom("okta-*", "*s", "*"), capture: fc.constantFrom("$1", "s$1", "$1$1", "t$1") }),
  fc.record({ pattern: twoStars, capture: twoCaptures }),
  fc.record({ pattern: threeStars, capture: threeCaptures }),
);

const single: { weight: number; arbitrary: fc.Arbitrary<Drafted> }[] = [
  { weight: 8, arbitrary: fc.record({ source: alone(name(idpGroup)), target, arrow, and, behind }) },
  { weight: 3, arbitrary: fc.record({ source: alone(starred(pattern)), target, arrow, and, behind }) },
  {
    weight: 2,
    arbitrary: fc.record({ source: alone(starred(oneStar(pattern))), target: starred(capture), arrow, and, behind }),
  },
];

const drafted: fc.Arbitrary<Drafted> = fc.oneof(
  ...single,
  { weight: 4, arbitrary: fc.record({ source: condition, target, arrow, and, behind }) },
  {
    weight: 2,
    arbitrary: fc.record({
      source: mixed(demanded(starred(oneStar(pattern))), beside),
      target: starred(capture),
      arrow,
      and,
      behind,
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ numbered, beside: fc.option(beside), arrow, and, behind })
      .chain(({ numbered: { pattern, capture }, beside, ...rest }) => {
        const term = demanded(starred(fc.constant(pattern)));
        const source = beside ? mixed(term, fc.constant(beside)) : term.map((one) => [one]);
        return fc.record({
          source,
          target: starred(fc.constant(capture)),
          ...Object.fromEntries(Object.entries(rest).map(([field, value]) => [field, fc.constant(value)])),
        }) as fc.Arbitrary<Drafted>;
      }),
  },
);

function oneStar(patterns: fc.Arbitrary<string>) {
  return patterns.filter((text) => text.split("*").length === 2);
}

/** Each of them one mistake on a line of its own, with its code in docs/diagnostics.md. */
export const mistake = fc.constantFrom(
  ["a => b", "missing-arrow"],
  ["-> sales", "missing-source"],
  ["sales ->", "missing-target"],
  ["a -> b -> c", "extra-arrow"],
  ['"a -> b', "unterminated-quote"],
  ['"a" b -> c', "text-after-quote"],
  ['"a\\q" -> b', "unknown-escape"],
  ["sales -> team-*", "capture-without-pattern"],
  ["okta-* -> $2", "capture-without-pattern"],
  ["*-* -> *", "capture-without-pattern"],
  ["okta-* && *s -> *", "capture-without-pattern"],
  ["staff && !s* -> $1", "capture-without-pattern"],
  ["!sales -> s", "condition-without-group"],
  ["sales && -> s", "missing-source"],
  ["sales || s -> s", "alternative-sources"],
  [`${"sales && ".repeat(16)}s -> s`, "too-many-terms"],
  [`${"s*".repeat(10)} -> s`, "too-many-stars"],
);

const entriesOf = (drafted: fc.Arbitrary<Drafted>) =>
  fc
    .record({ entries: fc.array(drafted, { maxLength: 6, size: "max" }), isRepeated: often(false, true, 9) })
    // Hardly anything is said twice by chance.
    .map(({ entries, isRepeated }) => (isRepeated ? [...entries, ...entries.slice(0, 1)] : entries));
const start = fc.constantFrom("", "\n", "# a comment -> admin\n", "  ");

/** A mapping that runs. */
export const mapping: fc.Arbitrary<Mapping> = fc
  .record({ start, entries: entriesOf(drafted) })
  .map(({ start, entries }) => write(start, entries));

/** One in which every entry is about single IdP groups. */
export const singleMapping: fc.Arbitrary<Mapping> = fc
  .record({ start, entries: entriesOf(fc.oneof(...single)) })
  .map(({ start, entries }) => write(start, entries));

/** One of few entries, none of which has many terms. */
export const shortMapping: fc.Arbitrary<Mapping> = fc
  .record({ start, entries: fc.array(drafted, { maxLength: 3, size: "max" }) })
  .map(({ start, entries }) =>
    write(
      start,
      entries.filter(({ source }) => source.length < 5),
    ),
  );

const brokenMapping: fc.Arbitrary<Mapping> = fc
  .record({ sound: mapping, mistake })
  .map(({ sound, mistake }) => withMistake(sound, mistake));

/** Any mapping; one of six does not run. */
export const anyMapping = fc.oneof({ weight: 5, arbitrary: mapping }, brokenMapping);

/** What a command sets, of which every other does not run. */
export const commandMapping = fc.oneof(mapping, brokenMapping);

export const noMapping: Mapping = { text: "", entries: [], codes: [], broken: false };

function write(start: string, drafts: Drafted[]): Mapping {
  let text = start;
  const entries: Entry[] = [];
  const codes: string[] = [];
  for (const { source, target, arrow, and, behind } of drafts) {
    const from = text.length;
    const terms: Term[] = [];
    for (const [place, term] of source.entries()) {
      if (place > 0) text += and;
      if (term.isExcluded) text += and.startsWith("\t") ? "! " : "!";
      const begin = text.length;
      text += sourceText(term, place === 0, place === source.length - 1 ? arrow : and);
      terms.push({
        text: term.text,
        isPattern: term.isStarred,
        isExcluded: term.isExcluded,
        span: spanOf(text, begin),
      });
    }
    text += arrow + targetText(target, source);
    const entry: Entry = { terms, target: target.text, isCapture: target.isStarred, span: spanOf(text, from) };
    entries.push(entry);
    if (behind === ",,") codes.push("empty-entry");
    text += behind;
  }
  return { text, entries, codes: [...doubtsOf(entries), ...codes], broken: false };
}

/** How the same entries may be written once more. */
export interface Spelling {
  isQuoted: boolean;
  isReversed: boolean;
  arrow: string;
  and: string;
  behind: string;
}

export const spelling: fc.Arbitrary<Spelling> = fc.record({
  isQuoted: fc.boolean(),
  isReversed: fc.boolean(),
  arrow,
  and,
  behind,
});

const canonical: Spelling = { isQuoted: false, isReversed: false, arrow: " -> ", and: " && ", behind: "\n" };

export function writeEntries(entries: Entry[], spelling = canonical): Mapping {
  const { isQuoted, isReversed, ...rest } = spelling;
  return write(
    "",
    entries.map(({ terms, target, isCapture }) => {
      const source = terms.map(({ text, isPattern, isExcluded }) => ({
        text,
        isStarred: isPattern,
        isExcluded,
        isQuoted,
      }));
      return {
        source: isReversed ? source.reverse() : source,
        target: { text: target, isStarred: isCapture, isQuoted },
        ...rest,
      };
    }),
  );
}

/** The same with a mistake behind it. */
export function withMistake(sound: Mapping, [line, code]: readonly [string, string]): Mapping {
  return { ...sound, text: `${sound.text}\n${line}`, codes: [...sound.codes, code], broken: true };
}

/** From there to the end of what is written. */
function spanOf(text: string, start: number): Span {
  const before = text.slice(0, start).split(/\r\n|\r|\n/);
  return { start, end: text.length, line: before.length, column: before[before.length - 1].length + 1 };
}

/** "A name may end in `-`, if a space parts it from the arrow"; "`#` means something only where an entry could begin". */
function sourceText(source: Side, isFirst: boolean, next: string): string {
  const isMark = (isFirst && source.text.startsWith("#")) || /^!|&&|\|\|/.test(source.text);
  return written(source, isMark || (source.text.endsWith("-") && next === "->"));
}

/** "Where the source has no star, and in quotes, `$1` is ordinary text." */
function targetText(target: Side, source: TermDraft[]): string {
  return written(
    target,
    /^!|&&/.test(target.text) || (source.some(({ isStarred }) => isStarred) && /\$[1-9]/.test(target.text)),
  );
}

/** "Quotes are needed for a name that …", and change nothing round any other. */
function written({ text, isStarred, isQuoted }: Side, needsQuotes: boolean): string {
  if (isStarred) return text;
  const isPlain = !/[,*→\n\r\t]|->/.test(text) && text === text.trim() && !text.startsWith('"');
  if (isPlain && !needsQuotes && !isQuoted) return text;
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}
