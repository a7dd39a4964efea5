import "@awesome.me/webawesome/dist/components/button/button.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { html } from "lit";
import { customElement, state } from "lit/decorators.js";
import { messages } from "../../messages/language.js";
import { admin } from "../styles/admin.js";
import { SpokenElement } from "./spoken-element.js";

/**
 * A part of the page could not be loaded. Browsers do not ask again for a module that failed, so the page is loaded anew, once it
 * can be; what is unsaved outlives that.
 */
@customElement("load-failure")
export class LoadFailure extends SpokenElement {
  static override styles = [shared, admin];

  @state() private trying = false;
  @state() private inVain = 0;

  override render() {
    const m = messages().loadFailure;
    return html`
      <div class="note error" role="alert">
        <p>${m.explanation}</p>
        ${this.inVain > 0 ? html`<p>${m.inVain(this.inVain)}</p>` : ""}
        <div>
          <wa-button size="s" appearance="outlined" ?loading=${this.trying} @click=${() => this.#again()}
            >${messages().problems.again}</wa-button
          >
        </div>
      </div>
    `;
  }

  async #again(): Promise<void> {
    this.trying = true;
    // Loading anew without a connection would leave nothing at all.
    const there = await fetch(location.pathname, { cache: "no-store" }).then(
      ({ ok }) => ok,
      () => false,
    );
    this.trying = false;
    if (there) location.reload();
    else this.inVain += 1;
  }
}
