// Small words that sentences are made of, in German.

import { html } from "lit";
import type { Field } from "./words-en.js";

export const code = (name: string) => html`<code>${name}</code>`;
export const codes = (names: string[]) => names.map((name, index) => html`${index > 0 ? ", " : ""}${code(name)}`);
export const count = (number: number, one: string, many: string) =>
  `${number.toLocaleString("de")} ${number === 1 ? one : many}`;
export const fields: Record<Field, string> = { claim: "Claim", mapping: "Zuordnung", policy: "Festlegungen" };
export const fieldList = (own: (Field | "entries")[]) =>
  own.map((field) => (field === "entries" ? "einzelne Einträge" : fields[field])).join(", ");
export const at = (where: string | null) => (where === null ? "der Instanz" : html`von ${code(where)}`);
