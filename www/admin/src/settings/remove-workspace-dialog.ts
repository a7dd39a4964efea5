import "@awesome.me/webawesome/dist/components/button/button.js";
import { effectiveSettings, type SettingsChange } from "idp-group-sync";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { admin } from "../shared/styles/admin.js";
import { coded } from "../shared/words/coded.js";
import { rejectionText } from "../shared/words/rejections.js";
import "../shared/elements/modal-dialog.js";

/** Asks before a workspace leaves the sync list: what is lost, and which workspace takes its place. The engine says both. */
@customElement("remove-workspace-dialog")
export class RemoveWorkspaceDialog extends AdminElement {
  static override styles = [shared, admin];

  @state() private workspace: string | null = null;
  @state() private newDefault: string | undefined;

  show(workspace: string): void {
    this.workspace = workspace;
    this.newDefault = undefined;
  }

  override render() {
    const { workspace } = this;
    const m = messages().removeWorkspace;
    return html`
      <modal-dialog
        .heading=${workspace === null ? "" : m.title(this.app.nameOf(workspace))}
        .open=${workspace !== null}
        @dialog-close=${() => {
          this.workspace = null;
        }}
      >
        ${workspace === null ? nothing : this.#question(workspace)}
        <wa-button
          slot="actions"
          size="s"
          appearance="outlined"
          @click=${() => {
            this.workspace = null;
          }}
          >${messages().cancel}</wa-button
        >
        ${
          workspace !== null && this.#ask(workspace).status === "confirm"
            ? html`<wa-button slot="actions" size="s" variant="danger" @click=${() => this.#remove(workspace)}>${m.remove}</wa-button>`
            : nothing
        }
      </modal-dialog>
    `;
  }

  #question(workspace: string): TemplateResult {
    const change = this.#ask(workspace);
    const successors = this.#successors(workspace);
    return html`
      ${
        change.status === "rejected" && !(change.code === "default-needs-successor" && successors.length > 0)
          ? html`<p class="note error">${rejectionText(change)}</p>`
          : nothing
      }
      ${this.app.draft.settings.defaultWorkspace === workspace && successors.length > 0 ? this.#successor(successors) : nothing}
      ${change.status === "confirm" ? html`<p class="note warning">${this.#loss(workspace, change.warning)}</p>` : nothing}
      ${change.status === "confirm" ? html`<p class="quiet">${messages().removeWorkspace.hint}</p>` : nothing}
    `;
  }

  #successor(successors: string[]): TemplateResult {
    const m = messages().removeWorkspace;
    return html`
      <label>
        <span class="label">${m.newDefault}</span>
        <select
          class="field"
          @change=${(event: Event) => {
            this.newDefault = (event.target as HTMLSelectElement).value || undefined;
          }}
        >
          <option value="" ?selected=${this.newDefault === undefined}>${m.choose}</option>
          ${successors.map((id) => html`<option value=${id} ?selected=${id === this.newDefault}>${this.app.nameOf(id)}</option>`)}
        </select>
      </label>
    `;
  }

  /** The engine's warning; in another language, what it says by the same engine's account of what is inherited. */
  #loss(workspace: string, warning: string): TemplateResult {
    const { loss } = messages().removeWorkspace;
    if (!loss) return html`${coded(warning)}.`;
    const { inherited } = effectiveSettings(this.app.draft.settings, workspace);
    const own = (["claim", "mapping", "policy"] as const).filter((field) => !inherited[field]);
    return html`${loss(this.app.nameOf(workspace), own)}`;
  }

  #ask(workspace: string, newDefault = this.newDefault): SettingsChange {
    return this.app.draft.ask({
      type: "remove-workspace",
      workspace,
      ...(newDefault !== undefined && { newDefault }),
    });
  }

  /** The workspaces that the engine takes as the next default one. */
  #successors(workspace: string): string[] {
    const others = this.app.draft.settings.workspaces.map(({ id }) => id).filter((id) => id !== workspace);
    return others.filter((id) => this.#ask(workspace, id).status === "confirm");
  }

  #remove(workspace: string): void {
    const { newDefault } = this;
    this.workspace = null;
    this.app.go("settings");
    this.app.run({
      type: "remove-workspace",
      workspace,
      confirmed: true,
      ...(newDefault !== undefined && { newDefault }),
    });
  }
}
