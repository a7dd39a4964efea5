import { html, type TemplateResult } from "lit";

/** A text of the engine's as a sentence: its first letter large, what stands in backticks set as code. */
export function coded(text: string): TemplateResult {
  const parts = text.split("`");
  return html`${parts.map((part, index) =>
    index % 2 === 1 ? html`<code>${part}</code>` : index === 0 ? part.charAt(0).toUpperCase() + part.slice(1) : part,
  )}`;
}

/** The same as plain text. */
export function plain(text: string): string {
  return (text.charAt(0).toUpperCase() + text.slice(1)).replaceAll("`", "");
}
