import { html, nothing, type TemplateResult } from "lit";
import { messages } from "../../messages/language.js";

/** What brings the rest of a long list; nothing where all of it is on show. */
export function showAll(shown: number, all: number, show: () => void): TemplateResult | typeof nothing {
  if (shown >= all) return nothing;
  return html`<button class="link" type="button" @click=${show}>${messages().showAll(all)}</button>`;
}
