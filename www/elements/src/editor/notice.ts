import { html, nothing, type TemplateResult } from "lit";
import { words } from "../messages/language.js";
import { explanationText, type Told } from "./entry-explanation.js";

/** What was done just now, and what its undoing is called, if it can be undone. */
export interface Notice {
  text: string;
  undo: string | undefined;
  /** What there is to choose from, instead. */
  choices?: { label: string; choose: () => void }[];
}

/** A notice, or in its place what was told of an entry, with what can be done with it. */
export function noticeText(
  notice: Notice | undefined,
  told: Told,
  on: { undo: () => void; close: () => void },
): TemplateResult | typeof nothing {
  if (!notice && !told) return nothing;
  const { text, undo, choices = [] } = notice ?? {};
  return html`
    ${told ? html`<div class="told">${explanationText(told)}</div>` : html`<p>${text}</p>`}
    ${choices.map(({ label, choose }) => html`<button class="button" type="button" @click=${choose}>${label}</button>`)}
    ${undo ? html`<button class="button" type="button" @click=${on.undo}>${undo}</button>` : nothing}
    <button class="button bare" type="button" @click=${on.close}>${words().editor.close}</button>
  `;
}
