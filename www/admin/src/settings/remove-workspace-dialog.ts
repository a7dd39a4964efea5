import "@awesome.me/webawesome/dist/components/button/button.js";
import { effectiveSettings } from "idp-group-sync";
import type { Text } from "idp-group-sync-elements/internal/messages/phrases.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { successorChoice } from "../shared/elements/successor-choice.js";
import { askRemoval, successorsOf } from "../shared/state/workspaces.js";
import { admin } from "../shared/styles/admin.js";
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
          workspace !== null && askRemoval(this.app, workspace, this.newDefault).status === "confirm"
            ? html`<wa-button slot="actions" size="s" variant="danger" @click=${() => this.#remove(workspace)}>${m.remove}</wa-button>`
            : nothing
        }
      </modal-dialog>
    `;
  }

  #question(workspace: string): TemplateResult {
    const change = askRemoval(this.app, workspace, this.newDefault);
    const successors = successorsOf(this.app, workspace);
    return html`
      ${
        change.status === "rejected" && !(change.code === "default-needs-successor" && successors.length > 0)
          ? html`<p class="note error">${rejectionText(change)}</p>`
          : nothing
      }
      ${
        this.app.draft.settings.defaultWorkspace === workspace && successors.length > 0
          ? successorChoice(this.app, successors, this.newDefault, (id) => {
              this.newDefault = id;
            })
          : nothing
      }
      ${change.status === "confirm" ? html`<p class="note warning">${this.#loss(workspace)}</p>` : nothing}
      ${change.status === "confirm" ? html`<p class="quiet">${messages().removeWorkspace.hint}</p>` : nothing}
    `;
  }

  /** What the engine warns of, by its account of what is inherited: with the workspace's name in place of its id. */
  #loss(workspace: string): Text {
    const { inherited } = effectiveSettings(this.app.draft.settings, workspace);
    const own = (["claim", "mapping", "policy"] as const).filter((field) => !inherited[field]);
    return messages().removeWorkspace.loss(this.app.nameOf(workspace), own);
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
