import { dsvFormat } from "d3-dsv";
import { parseMapping } from "idp-group-sync";
import { entriesOf } from "./names.js";

/** A mapping as another system writes it, turned into mapping text. */
export interface Converted {
  form: "json" | "csv";
  text: string;
  /** How many entries it became. */
  entries: number;
  /** Pairs with a name that no entry can have, such as an empty one. */
  left: number;
  /** Whether a name holds a star, which other systems may mean as a wildcard. Here it is taken as it is written. */
  stars: boolean;
}

const LINES_AT_ONCE = 100;

type Pair = [source: string, target: string];

/** Reads a JSON object of source → target or targets, or two columns of CSV or TSV. Anything else is not for this. */
export function convertOtherForm(pasted: string): Converted | undefined {
  const json = jsonPairs(pasted);
  if (json) return written("json", json);
  const csv = columnPairs(pasted);
  return csv && !holdsEntry(pasted) ? written("csv", csv) : undefined;
}

/** What holds an entry is mapping text already. No entry reaches past its line, so most often the first lines say it. */
function holdsEntry(text: string): boolean {
  const lines = text.split(/\r\n|\r|\n/);
  for (let first = 0; first < lines.length; first += LINES_AT_ONCE) {
    const some = lines.slice(first, first + LINES_AT_ONCE).join("\n");
    if (parseMapping(some).entries.length > 0) return true;
  }
  return false;
}

function written(form: Converted["form"], pairs: Pair[]): Converted {
  const lines = entriesOf(pairs);
  return {
    form,
    text: lines.join("\n"),
    entries: lines.length,
    left: pairs.length - lines.length,
    stars: pairs.some(([source, target]) => source.includes("*") || target.includes("*")),
  };
}

function jsonPairs(text: string): Pair[] | undefined {
  if (!/^\s*\{[\s\S]*\}\s*$/.test(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const properties = Object.entries(value as Record<string, unknown>);
  const pairs: Pair[] = [];
  for (const [source, target] of properties) {
    const targets = Array.isArray(target) ? target : [target];
    if (!targets.every((name) => typeof name === "string")) return undefined;
    pairs.push(...targets.map((name): Pair => [source, name]));
  }
  return pairs.length > 0 ? pairs : undefined;
}

/** How columns are parted, and how many rows it takes to be sure that they are meant as such: names hold commas too. */
const columns = [
  { delimiter: "\t", rows: 1 },
  { delimiter: ";", rows: 2 },
  { delimiter: ",", rows: 2 },
];

function columnPairs(text: string): Pair[] | undefined {
  for (const { delimiter, rows } of columns) {
    if (!text.includes(delimiter)) continue;
    const cells = dsvFormat(delimiter)
      .parseRows(text, (row) => row.map((cell) => cell.trim()))
      .filter((row) => row.some((cell) => cell !== ""));
    if (cells.length >= rows && cells.every((row) => row.length === 2 && row.every((cell) => cell !== ""))) {
      return cells as Pair[];
    }
  }
  return undefined;
}
