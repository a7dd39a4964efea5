// Text as a terminal may show it: what cannot be seen, and what would steer the terminal, is written out.

/** One character as people see it (a grapheme cluster), and where it stands in its text. */
export interface Cell {
  /** What to print. */
  text: string;
  /** Its columns in a terminal. */
  width: number;
  /** UTF-16 offset of its start. */
  start: number;
  /** UTF-16 offset just past its end. */
  end: number;
}

const tabWidth = 4;

/** What has no shape of its own: controls, bidirectional and zero-width characters, line separators, lone surrogates. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const everyUnseen = new RegExp(unseen, "gu");
const isPrintableAscii = /^[ -~]*$/;

/** An emoji may be held together by characters that are not seen. */
const emoji = /\p{Extended_Pictographic}/u;

// Both take tens of milliseconds to be made, and most texts need none of them.
let segmenter: Intl.Segmenter | undefined;
let stringWidth: ((text: string) => number) | undefined;

function graphemes(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return segmenter.segment(text);
}

/** The columns that a text takes. */
export function widthOf(text: string): number {
  if (isPrintableAscii.test(text)) return text.length;
  stringWidth ??= (require("string-width") as typeof import("string-width")).default;
  return stringWidth(text);
}

/** The cells of a line of text. */
export function cellsOf(line: string): Cell[] {
  if (isPrintableAscii.test(line)) {
    return Array.from(line, (text, start) => ({ text, width: 1, start, end: start + 1 }));
  }
  return Array.from(graphemes(line), ({ segment, index }) => {
    const text = segment === "\t" ? " ".repeat(tabWidth) : shownGrapheme(segment);
    // A combining mark without a base takes no column of its own, but what is pointed at has to have one.
    return { text, width: Math.max(1, widthOf(text)), start: index, end: index + segment.length };
  });
}

/** Text for a message or a list: on one line, with nothing in it that cannot be seen. */
export function visible(text: string): string {
  if (isPrintableAscii.test(text)) return text;
  return Array.from(graphemes(text), ({ segment }) => shownGrapheme(segment)).join("");
}

/** Adds spaces up to a number of columns. */
export function padded(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - widthOf(text)));
}

function shownGrapheme(segment: string): string {
  if (!unseen.test(segment) || emoji.test(segment)) return segment;
  return segment.replace(everyUnseen, (character) => escapes[character] ?? hexadecimal(character));
}

/** As the mapping language writes it in quotes. */
function hexadecimal(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16).toUpperCase()}}`;
}

const escapes: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
