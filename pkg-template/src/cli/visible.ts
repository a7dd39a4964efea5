// Text as a terminal may show it: what cannot be seen, and what would steer the terminal, is written out.
import stringWidth from "string-width";

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

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
const tabWidth = 4;

/** What has no shape of its own: controls, bidirectional and zero-width characters, line separators, lone surrogates. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const everyUnseen = new RegExp(unseen, "gu");
const isPrintableAscii = /^[ -~]*$/;

/** An emoji may be held together by characters that are not seen. */
const emoji = /\p{Extended_Pictographic}/u;

/** The cells of a line of text. */
export function cellsOf(line: string): Cell[] {
  if (isPrintableAscii.test(line)) {
    return Array.from(line, (text, start) => ({ text, width: 1, start, end: start + 1 }));
  }
  return Array.from(graphemes.segment(line), ({ segment, index }) => {
    const text = segment === "\t" ? " ".repeat(tabWidth) : shownGrapheme(segment);
    // A combining mark without a base takes no column of its own, but what is pointed at has to have one.
    return { text, width: Math.max(1, stringWidth(text)), start: index, end: index + segment.length };
  });
}

/** Text for a message or a list: on one line, with nothing in it that cannot be seen. */
export function visible(text: string): string {
  if (isPrintableAscii.test(text)) return text;
  return Array.from(graphemes.segment(text), ({ segment }) => shownGrapheme(segment)).join("");
}

/** The columns that a text takes. */
export function widthOf(text: string): number {
  return stringWidth(text);
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
