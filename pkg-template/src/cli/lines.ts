// A text by its lines.

const lineBreak = /\r\n|\r|\n/g;

/** Both count from 1; columns are UTF-16 code units. */
export interface Place {
  line: number;
  column: number;
}

/** Where the lines of a text begin and end. Lines count from 1, offsets from 0 in UTF-16 code units. */
export class Lines {
  readonly text: string;
  readonly #starts = [0];
  readonly #ends: number[] = [];

  constructor(text: string) {
    this.text = text;
    for (const { index, 0: end } of text.matchAll(lineBreak)) {
      this.#ends.push(index);
      this.#starts.push(index + end.length);
    }
    this.#ends.push(text.length);
  }

  /** Offset of the first character of a line. */
  startOf(line: number): number {
    return this.#starts[line - 1] ?? this.text.length;
  }

  /** Offset just past the last character of a line, its break not counted. */
  endOf(line: number): number {
    return this.#ends[line - 1] ?? this.text.length;
  }

  /** The line and column of an offset. */
  placeOf(offset: number): Place {
    const line = this.lineOf(offset);
    return { line, column: offset - this.startOf(line) + 1 };
  }

  /** The line of an offset. */
  lineOf(offset: number): number {
    let [low, high] = [1, this.#starts.length];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.startOf(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** The lines of a text. */
export function splitLines(text: string): string[] {
  return text.split(lineBreak);
}
