// What stands in a text as data, whichever language it is written in.
import type { SourceText } from "./inputs.js";
import type { Place } from "./lines.js";

export type Path = (string | number)[];

/** What stands in a text as data, each value with its place. */
export abstract class DataDocument {
  readonly source: SourceText;
  abstract readonly value: unknown;

  constructor(source: SourceText) {
    this.source = source;
  }

  /** Where a value stands; for one that is not there, what should hold it. */
  abstract placeOf(path: Path): Place;
}
