import "@awesome.me/webawesome/dist/components/button/button.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { suggestedId } from "../../../../../server/src/workspaces/new-id.ts";
import { asBackendError, type BackendError } from "../../backend/backend.js";
import { messages } from "../../messages/language.js";
import { createWorkspace, renameWorkspace } from "../state/workspaces.js";
import { admin } from "../styles/admin.js";
import { coded } from "../words/coded.js";
import { AdminElement } from "./admin-element.js";
import "./modal-dialog.js";

/**
 * The name of a workspace, and the id of one that is to be made.
 *
 * @fires workspace-saved - `detail.name`, and whether it `isNew`.
 */
@customElement("new-workspace-dialog")
export class NewWorkspaceDialog extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      .choice {
        display: flex;
        gap: var(--wa-space-xs);
        align-items: center;
      }
    `,
  ];

  /** Whose name is changed; `null` for one that is to be made. */
  @state() private workspace: string | null = null;
  @state() private open = false;
  @state() private name = "";
  /** `null` while it follows the name. */
  @state() private typedId: string | null = null;
  @state() private listed = true;
  @state() private busy = false;
  @state() private failure: BackendError | null = null;

  show(workspace: string | null = null): void {
    this.workspace = workspace;
    this.name = workspace === null ? "" : this.app.nameOf(workspace);
    this.typedId = null;
    this.listed = true;
    this.failure = null;
    this.open = true;
  }

  override render() {
    const m = messages().workspaces;
    const { workspace, failure } = this;
    return html`
      <modal-dialog
        .heading=${workspace === null ? m.newTitle : m.renameTitle(this.app.nameOf(workspace))}
        .open=${this.open}
        @dialog-close=${this.#close}
      >
        <label>
          <span class="label">${m.name}</span>
          <input
            class="field"
            autocomplete="off"
            maxlength="200"
            .value=${this.name}
            @input=${(event: Event) => {
              this.name = (event.target as HTMLInputElement).value;
            }}
            @keydown=${this.#onKey}
          />
        </label>
        ${workspace === null ? this.#more() : html`<p class="quiet">${m.idStays(workspace)}</p>`}
        ${
          failure
            ? html`<p class="note error" role="alert">
                ${messages().problems[failure.code] ?? html`<span lang="en">${coded(failure.message)}.</span>`}
              </p>`
            : nothing
        }
        <wa-button slot="actions" size="s" appearance="outlined" @click=${this.#close}>${messages().cancel}</wa-button>
        <wa-button
          slot="actions"
          size="s"
          variant="brand"
          ?disabled=${this.busy || this.name.trim() === "" || this.#id === ""}
          @click=${this.#save}
          >${workspace === null ? m.create : m.rename}</wa-button
        >
      </modal-dialog>
    `;
  }

  #more() {
    const m = messages().workspaces;
    return html`
      <label>
        <span class="label">${m.id}</span>
        <input
          class="field"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          maxlength="100"
          aria-describedby="id-hint"
          .value=${this.#id}
          @input=${(event: Event) => {
            this.typedId = (event.target as HTMLInputElement).value;
          }}
          @keydown=${this.#onKey}
        />
      </label>
      <p class="quiet" id="id-hint">${m.idHint}</p>
      <label class="choice">
        <input
          type="checkbox"
          .checked=${this.listed}
          @change=${(event: Event) => {
            this.listed = (event.target as HTMLInputElement).checked;
          }}
        />
        ${m.alsoAdd}
      </label>
    `;
  }

  get #id(): string {
    if (this.typedId !== null) return this.typedId.trim();
    const taken = new Set(this.app.workspaces.map(({ id }) => id));
    return this.name.trim() === "" ? "" : suggestedId(this.name, taken);
  }

  readonly #close = () => {
    this.open = false;
  };

  readonly #onKey = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.isComposing) return;
    // Once the dialog is closed, the same key would press the button that opened it.
    event.preventDefault();
    void this.#save();
  };

  readonly #save = async () => {
    const { workspace, listed } = this;
    const name = this.name.trim();
    const id = this.#id;
    if (this.busy || name === "" || (workspace === null && id === "")) return;
    this.busy = true;
    this.failure = null;
    try {
      if (workspace === null) await createWorkspace(this.app, { id, name });
      else await renameWorkspace(this.app, workspace, name);
      this.open = false;
      if (workspace === null && listed) this.app.run({ type: "add-workspace", workspace: id });
      this.dispatchEvent(new CustomEvent("workspace-saved", { detail: { name, isNew: workspace === null } }));
    } catch (error) {
      this.failure = asBackendError(error);
    } finally {
      this.busy = false;
    }
  };
}
