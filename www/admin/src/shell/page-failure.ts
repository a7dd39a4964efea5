import "@awesome.me/webawesome/dist/components/button/button.js";
import { html, nothing, type TemplateResult } from "lit";
import type { BackendError } from "../backend/backend.js";
import { messages } from "../messages/language.js";
import type { App } from "../shared/state/app.js";
import { coded } from "../shared/words/coded.js";

/** What is there instead of the page while it cannot be shown, with the way on. */
export function pageFailure(app: App, failure: BackendError): TemplateResult {
  const m = messages().problems;
  const signIn = failure.code === "not-signed-in" || failure.code === "not-super-admin";
  return html`
    <section class="card stack" role="alert">
      <h1 tabindex="-1">${failure.code === "not-signed-in" ? m.signIn : m.title}</h1>
      <p>${m[failure.code] ?? html`<span lang="en">${coded(failure.message)}.</span>`}</p>
      ${signIn ? html`<p class="quiet">${m.signInHint}</p>` : nothing}
      <div class="row">
        ${signIn ? html`<wa-button size="s" variant="brand" href="/sign-in?to=admin">${m.signIn}</wa-button>` : nothing}
        <wa-button size="s" appearance="outlined" @click=${() => app.load()}>${m.again}</wa-button>
      </div>
    </section>
  `;
}
