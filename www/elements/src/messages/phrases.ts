import { html, type TemplateResult } from "lit";

// What the words of every language are put together from.

export type Text = string | TemplateResult;

/** How a language writes numbers, and what is counted: `1 error`, `2 errors`. */
export function numbers(language: string) {
  const plural = new Intl.PluralRules(language);
  const format = new Intl.NumberFormat(language);
  const number = (value: number): string => format.format(value);
  const count = (value: number, one: string, many: string): string =>
    `${number(value)} ${plural.select(value) === "one" ? one : many}`;
  return { number, count };
}

/** A name of somebody's choosing, within a sentence. */
export const code = (name: string): TemplateResult => html`<code>${name}</code>`;

/** Names as a list within a sentence. */
export const codes = (names: readonly string[], between = ", "): TemplateResult =>
  html`${names.map((name, place) => html`${place > 0 ? between : ""}${code(name)}`)}`;

/** A name in the plain text of a message, of which the beginning is enough. */
export const shown = (name = ""): string => `\`${name.length > 60 ? `${name.slice(0, 60)}…` : name}\``;

/** What a group is called, behind its name. */
export const labelled = (label: string | undefined): string => (label === undefined ? "" : ` (${label})`);

/** One term of a condition, as a sentence names it. */
export interface ExplainedTerm {
  text: string;
  isPattern: boolean;
  /** What the group is called, where that is known. */
  label: string | undefined;
}

/** The terms of a condition within a sentence. */
export const joined = (terms: readonly ExplainedTerm[], word: string, like: string): TemplateResult =>
  html`${terms.map(
    ({ text, isPattern, label }, place) =>
      html`${place > 0 ? ` ${word} ` : ""}${isPattern ? `${like} ` : ""}${code(text)}${labelled(label)}`,
  )}`;

/** Workspaces in the plain text of a message. A long list is cut, not to hide the sentence. */
export function workspaceList(workspaces: readonly string[], and: string, others: (left: number) => string): string {
  const names = workspaces.slice(0, 5).map((name) => `\`${name}\``);
  const left = workspaces.length - names.length;
  const last = left > 0 ? others(left) : names.pop();
  return names.length === 0 ? `${last}` : `${names.join(", ")} ${and} ${last}`;
}
