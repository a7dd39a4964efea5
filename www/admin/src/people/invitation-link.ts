import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { html } from "lit";
import { customElement, property } from "lit/decorators.js";
import { messages } from "../messages/language.js";
import { SpokenElement } from "../shared/elements/spoken-element.js";
import { admin } from "../shared/styles/admin.js";
import "../shared/elements/copy-value.js";

/** The link of an invitation, to be copied: it is shown this once. */
@customElement("invitation-link")
export class InvitationLink extends SpokenElement {
  static override styles = [shared, admin];

  @property() link = "";

  override render() {
    const m = messages().peopleView;
    return html`
      <p class="note warning">${m.linkHint}</p>
      <copy-value .label=${m.link} .value=${this.link}></copy-value>
    `;
  }
}
