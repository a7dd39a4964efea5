// A group of the identity provider, with what it is called.

import { parseMapping } from "idp-group-sync";
import { html, nothing, type TemplateResult } from "lit";
import { allLabels, labelOf } from "../state/labels.js";

export function named(group: string): TemplateResult {
  const label = labelOf(group);
  return label === undefined ? html`<code>${group}</code>` : html`<strong>${label}</strong> <code>${group}</code>`;
}

/** The same within a sentence. */
export function labelled(group: string): string {
  const label = labelOf(group);
  return label === undefined ? group : `${label} (${group})`;
}

/** An entry, with what the groups in it are called. */
export function entryText(entry: string): TemplateResult {
  return html`${labelsIn(entry)}<code>${entry}</code>`;
}

/** A source in canonical form, as `entryText` shows an entry. */
export function sourceText(source: string): TemplateResult {
  return html`${labelsIn(`${source} -> x`)}<code>${source}</code>`;
}

function labelsIn(entry: string): TemplateResult | typeof nothing {
  // Where nothing has a label, nothing has to be read.
  if (allLabels().size === 0) return nothing;
  const groups = parseMapping(entry).entries.flatMap(({ source }) =>
    (source.terms ?? [source]).map(({ text }) => text),
  );
  const labels = groups.flatMap((group) => labelOf(group) ?? []);
  return labels.length === 0 ? nothing : html`<strong>${labels.join(", ")}</strong> `;
}
