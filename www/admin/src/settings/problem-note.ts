import { html, nothing, type TemplateResult } from "lit";
import { messages } from "../messages/language.js";
import { providerMessages } from "../messages/providers.js";
import { coded } from "../shared/words/coded.js";

/** Why a provider or a token is not changed, with the field that it is about. */
export function problemNote(
  failure: { code: string; message: string; path?: string | undefined } | null,
): TemplateResult | typeof nothing {
  if (!failure) return nothing;
  const { code, message, path } = failure;
  const known = providerMessages().problems[code] ?? messages().problems[code];
  return html`<p class="note error" role="alert">
    ${path ? html`<code>${path}</code>: ` : nothing}${known ?? html`<span lang="en">${coded(message)}</span>`}
  </p>`;
}
