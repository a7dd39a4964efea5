import "@awesome.me/webawesome/dist/components/button/button.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { html, nothing, type PropertyValues } from "lit";
import { customElement } from "lit/decorators.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { admin } from "../shared/styles/admin.js";
import { personName } from "../shared/words/access.js";
import "../shared/elements/modal-dialog.js";

/** Where the tab in which somebody signs in tells nothing, it is looked at again so often. */
const INTERVAL = 3000;

/** The session has ended: signing in again in another tab goes on here, and nothing of what was typed is lost. */
@customElement("sign-in-again")
export class SignInAgain extends AdminElement {
  static override styles = [shared, admin];

  #looking: ReturnType<typeof setInterval> | undefined;

  override render() {
    const m = messages().signInAgain;
    const { signedOut, me } = this.app;
    if (!signedOut || !me) return nothing;
    const { other } = signedOut;
    return html`
      <modal-dialog .heading=${other ? m.otherTitle(personName(other.user)) : m.title} open @dialog-close=${() => this.#close()}>
        <p>${other ? m.otherHint(personName(me.user)) : m.hint}</p>
        <p class="quiet" role="status">${m.waiting}</p>
        ${
          other
            ? html`<wa-button slot="actions" size="s" appearance="outlined" @click=${() => this.#goOn()}>
                ${m.goOnAs(personName(other.user))}
              </wa-button>`
            : html`<wa-button slot="actions" size="s" appearance="outlined" @click=${() => this.app.staySignedOut()}>${m.notNow}</wa-button>`
        }
        <wa-button slot="actions" size="s" variant="brand" href=${other ? "/" : "/sign-in"} target="_blank">
          ${other ? m.signInAs(personName(me.user)) : messages().problems.signIn}
        </wa-button>
      </modal-dialog>
    `;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("focus", this.#look);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("focus", this.#look);
    clearInterval(this.#looking);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    clearInterval(this.#looking);
    if (this.app.signedOut) this.#looking = setInterval(this.#look, INTERVAL);
  }

  readonly #look = () => {
    if (this.app.signedOut) void this.app.lookAgain();
  };

  #close(): void {
    // Closed by Escape, and not because all is well again.
    if (this.app.signedOut) this.app.staySignedOut();
  }

  /** What is unsaved stays kept for the one whose it is. */
  #goOn(): void {
    this.app.staySignedOut();
    void this.app.load();
  }
}
