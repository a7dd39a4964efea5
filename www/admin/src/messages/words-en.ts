// Small words that sentences are made of, in English.

import { html, type TemplateResult } from "lit";

export type Text = string | TemplateResult;
export type Field = "claim" | "mapping" | "policy";

export const code = (name: string) => html`<code>${name}</code>`;
export const codes = (names: string[]) => names.map((name, index) => html`${index > 0 ? ", " : ""}${code(name)}`);
export const count = (number: number, one: string, many: string) =>
  `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
export const fields: Record<Field, string> = { claim: "claim", mapping: "mapping", policy: "choices" };
export const fieldList = (own: (Field | "entries")[]) =>
  own.map((field) => (field === "entries" ? "single entries" : fields[field])).join(", ");
export const at = (where: string | null) => (where === null ? "for the instance" : html`for ${code(where)}`);
