// A group of the identity provider, with what it is called.

import { html, type TemplateResult } from "lit";
import { labelOf } from "../state/labels.js";

export function named(group: string): TemplateResult {
  const label = labelOf(group);
  return label === undefined ? html`<code>${group}</code>` : html`<strong>${label}</strong> <code>${group}</code>`;
}
