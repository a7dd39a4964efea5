import { type Diagnostic, type ImportFormat, importMapping } from "idp-group-sync";

/** A mapping as another product writes it, turned into mapping text; or how it may be meant, where only a person can say it. */
export interface Converted {
  /** How it was read. */
  from: ImportFormat | undefined;
  /** What it may be. */
  choices: ImportFormat[];
  text: string;
  /** How many entries it became. */
  entries: number;
  /** The first of what was not taken over, or means something else now. */
  told: Diagnostic[];
  /** How many more there are of these. */
  more: number;
}

/** How many of them are read. */
const TOLD = 3;

/** Turns a mapping of another product into text. What is mapping text already, or nothing that is known, is not for this. */
export function converted(pasted: string, from?: ImportFormat): Converted | undefined {
  const imported = importMapping(pasted, from === undefined ? {} : { from });
  const { entries, choices, diagnostics } = imported;
  if (imported.from === "mapping" || imported.from === "arrows" || (entries === 0 && choices.length === 0))
    return undefined;
  const told = diagnostics.filter(({ code }) => code !== "import-direction");
  return {
    from: imported.from,
    choices,
    text: imported.mapping,
    entries,
    told: told.slice(0, TOLD),
    more: Math.max(told.length - TOLD, 0),
  };
}
