import "@awesome.me/webawesome/dist/components/button/button.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { asBackendError, type BackendError } from "../backend/backend.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { admin } from "../shared/styles/admin.js";
import "../shared/elements/modal-dialog.js";

/**
 * A group that an entry leads to and a workspace does not have, to be created there.
 *
 * @fires group-create - It is there now; `detail.name`, and the `detail.workspace`.
 */
@customElement("create-group-dialog")
export class CreateGroupDialog extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      select {
        margin-block-start: var(--wa-space-2xs);
      }
    `,
  ];

  @state() private asked: { name: string; workspace: string } | null = null;
  @state() private requires = "";
  @state() private busy = false;
  @state() private failure: BackendError | null = null;

  show(name: string, workspace: string): void {
    this.asked = { name, workspace };
    this.requires = "";
    this.failure = null;
  }

  override render() {
    const m = messages().matrix;
    const { asked, failure } = this;
    const roles = asked ? (this.app.catalogOf(asked.workspace).roles ?? []) : [];
    return html`
      <modal-dialog
        .heading=${asked ? m.createTitle(asked.name, this.app.nameOf(asked.workspace)) : ""}
        .open=${asked !== null}
        @dialog-close=${() => {
          this.asked = null;
        }}
      >
        <p class="quiet">${m.createHint}</p>
        <label>
          <span class="label">${m.requires}</span>
          <select
            class="field"
            .value=${this.requires}
            @change=${(event: Event) => {
              this.requires = (event.target as HTMLSelectElement).value;
            }}
          >
            <option value="">${m.requiresNone}</option>
            ${roles.map((role) => html`<option value=${role}>${role}</option>`)}
          </select>
        </label>
        ${failure ? html`<p class="note error" role="alert">${messages().problems[failure.code] ?? failure.message}</p>` : nothing}
        <wa-button
          slot="actions"
          size="s"
          appearance="outlined"
          @click=${() => {
            this.asked = null;
          }}
          >${messages().cancel}</wa-button
        >
        <wa-button slot="actions" size="s" variant="brand" ?disabled=${this.busy} @click=${this.#create}>${m.create}</wa-button>
      </modal-dialog>
    `;
  }

  async #create(): Promise<void> {
    const { asked, requires } = this;
    if (!asked || this.busy) return;
    this.busy = true;
    this.failure = null;
    try {
      const { workspace, name } = asked;
      await this.app.createGroup(workspace, { name, requires: requires === "" ? null : requires });
      this.asked = null;
      this.dispatchEvent(new CustomEvent("group-create", { detail: asked }));
    } catch (error) {
      this.failure = asBackendError(error);
    } finally {
      this.busy = false;
    }
  }
}
