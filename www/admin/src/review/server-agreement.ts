import "@awesome.me/webawesome/dist/components/button/button.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { admin, boxless } from "../shared/styles/admin.js";
import { loginName } from "../shared/words/login-name.js";
import type { Agreement } from "./agreement.js";
import "../shared/elements/failure-note.js";

/**
 * Whether the server decides as the page does.
 *
 * @fires again - It is to be asked once more.
 */
@customElement("server-agreement")
export class ServerAgreement extends AdminElement {
  static override styles = [shared, admin, boxless];

  @property({ attribute: false }) agreement!: Agreement;
  /** That of the agreement, which changes as it becomes known. */
  @property() state: Agreement["state"] = "asking";

  override render() {
    const m = messages().live;
    const { differences, failure, logins } = this.agreement;
    switch (this.state) {
      case "asking":
        return html`<p class="quiet" role="status">${m.asking}</p>`;
      case "agrees":
        return html`<p class="quiet" role="status">${this.app.pins.all.length > 0 ? m.agrees(logins.length) : nothing}</p>`;
      case "differs":
        return html`
          <div class="note error" role="alert">
            <p>${m.differs}</p>
            <ul>
              ${differences.map(({ login, page, workspaces }) => {
                const name = loginName(login, page, logins.indexOf(login) + 1);
                return html`<li>${m.differsFor(name, workspaces)}</li>`;
              })}
            </ul>
          </div>
        `;
      case "failed":
        return html`
          <p>${m.notAsked}</p>
          ${failure ? html`<failure-note .failure=${failure} @again=${() => this.dispatchEvent(new CustomEvent("again"))}></failure-note>` : nothing}
        `;
    }
  }
}
