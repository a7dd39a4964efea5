// Mappings: entries first, and then a text that says them (docs/mapping.md), with its places noted while it is written.

import fc from "fast-check";
import type { Entry, Mapping } from "../rules/mapping.ts";
import { appGroup, capture, idpGroup, often, pattern, roleOrUnknown } from "./names.ts";

interface Side {
  text: string;
  /** Whether a `*` in it means something, so that it has to be written without quotes. */
  isStarred: boolean;
  isQuoted: boolean;
}

interface Drafted {
  source: Side;
  target: Side;
  arrow: string;
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

const drafted: fc.Arbitrary<Drafted> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ source: name(idpGroup), target, arrow, behind }) },
  { weight: 2, arbitrary: fc.record({ source: starred(pattern), target, arrow, behind }) },
  { weight: 2, arbitrary: fc.record({ source: starred(oneStar(pattern)), target: starred(capture), arrow, behind }) },
);

function oneStar(patterns: fc.Arbitrary<string>) {
  return patterns.filter((text) => text.split("*").length === 2);
}

/** Each of them one mistake on a line of its own, with its code in docs/diagnostics.md. */
const mistake = fc.constantFrom(
  ["a => b", "missing-arrow"],
  ["-> sales", "missing-source"],
  ["sales ->", "missing-target"],
  ["a -> b -> c", "extra-arrow"],
  ['"a -> b', "unterminated-quote"],
  ['"a" b -> c', "text-after-quote"],
  ['"a\\q" -> b', "unknown-escape"],
  ["sales -> team-*", "capture-without-pattern"],
);

const entries = fc
  .record({ entries: fc.array(drafted, { maxLength: 6, size: "max" }), isRepeated: often(false, true, 9) })
  // Hardly anything is said twice by chance.
  .map(({ entries, isRepeated }) => (isRepeated ? [...entries, ...entries.slice(0, 1)] : entries));
const start = fc.constantFrom("", "\n", "# a comment -> admin\n", "  ");

/** A mapping that runs. */
export const mapping: fc.Arbitrary<Mapping> = fc
  .record({ start, entries })
  .map(({ start, entries }) => write(start, entries));

/** Any mapping; one of six does not run. */
export const anyMapping: fc.Arbitrary<Mapping> = fc.oneof(
  { weight: 5, arbitrary: mapping },
  fc.record({ sound: mapping, mistake }).map(({ sound, mistake: [line, code] }) => ({
    ...sound,
    text: `${sound.text}\n${line}`,
    codes: [...sound.codes, code],
    broken: true,
  })),
);

export const noMapping: Mapping = { text: "", entries: [], codes: [], broken: false };

function write(start: string, drafts: Drafted[]): Mapping {
  let text = start;
  const entries: Entry[] = [];
  const codes: string[] = [];
  for (const { source, target, arrow, behind } of drafts) {
    const before = text.split(/\r\n|\r|\n/);
    const from = text.length;
    text += sourceText(source, arrow) + arrow + written(target, false);
    const span = {
      start: from,
      end: text.length,
      line: before.length,
      column: before[before.length - 1].length + 1,
    };
    const entry = {
      source: source.text,
      isPattern: source.isStarred,
      target: target.text,
      isCapture: target.isStarred,
      span,
    };
    if (entries.some((earlier) => isRepeat(earlier, entry))) codes.push("duplicate-entry");
    entries.push(entry);
    if (behind === ",,") codes.push("empty-entry");
    text += behind;
  }
  return { text, entries, codes, broken: false };
}

function isRepeat(one: Entry, other: Entry): boolean {
  return (
    one.source === other.source &&
    one.isPattern === other.isPattern &&
    one.target === other.target &&
    one.isCapture === other.isCapture
  );
}

/** "A name may end in `-`, if a space parts it from the arrow." */
function sourceText(source: Side, arrow: string): string {
  return written(source, source.text.startsWith("#") || (source.text.endsWith("-") && arrow === "->"));
}

/** "Quotes are needed for a name that …", and change nothing round any other. */
function written({ text, isStarred, isQuoted }: Side, needsQuotes: boolean): string {
  if (isStarred) return text;
  const isPlain = !/[,*→\n\r\t]|->/.test(text) && text === text.trim() && !text.startsWith('"');
  if (isPlain && !needsQuotes && !isQuoted) return text;
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}
