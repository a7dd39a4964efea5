import "@awesome.me/webawesome/dist/components/button/button.js";
import { effectiveSettings } from "idp-group-sync";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { Held, ImpactToConfirm, WorkspaceDetails } from "../backend/answers.js";
import { asBackendError, BackendError } from "../backend/backend.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { successorChoice } from "../shared/elements/successor-choice.js";
import { askRemoval, deleteWorkspace, hasUnsaved, successorsOf } from "../shared/state/workspaces.js";
import { admin } from "../shared/styles/admin.js";
import { rejectionText } from "../shared/words/rejections.js";
import "../shared/elements/failure-note.js";
import "../shared/elements/modal-dialog.js";

/**
 * Asks before a workspace is deleted: what is lost, which workspace takes its place, and what the settings want confirmed.
 *
 * @fires workspace-deleted - `detail.name`.
 */
@customElement("delete-workspace-dialog")
export class DeleteWorkspaceDialog extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      ul {
        display: grid;
        gap: var(--wa-space-2xs);
        margin: 0;
        padding-inline-start: 1.25rem;
        list-style: disc;
      }
    `,
  ];

  @state() private workspace: string | null = null;
  @state() private details: WorkspaceDetails | null = null;
  @state() private newDefault: string | undefined;
  @state() private typed = "";
  @state() private busy = false;
  @state() private failure: BackendError | null = null;
  /** What the server has asked besides. */
  @state() private impact: ImpactToConfirm | "unknown" | null = null;
  @state() private held: Held | null = null;

  show(workspace: string): void {
    this.workspace = workspace;
    this.newDefault = undefined;
    this.typed = "";
    this.#askAnew();
    void this.#read();
  }

  override render() {
    const { workspace } = this;
    const m = messages().deleteWorkspace;
    return html`
      <modal-dialog
        .heading=${workspace === null ? "" : m.title(this.app.nameOf(workspace))}
        .open=${workspace !== null}
        @dialog-close=${this.#close}
      >
        ${workspace === null ? nothing : this.#question(workspace)}
        <wa-button slot="actions" size="s" appearance="outlined" @click=${this.#close}>${messages().cancel}</wa-button>
        ${
          workspace !== null && this.#refusal(workspace) === null && !hasUnsaved(this.app)
            ? html`<wa-button
                slot="actions"
                size="s"
                variant="danger"
                ?disabled=${!this.#isReady(workspace)}
                @click=${() => this.#delete(workspace)}
                >${this.impact || this.held ? m.anyway : m.delete}</wa-button
              >`
            : nothing
        }
      </modal-dialog>
    `;
  }

  #question(workspace: string): TemplateResult {
    const m = messages().deleteWorkspace;
    const { details, failure, impact, held } = this;
    if (hasUnsaved(this.app)) return html`<p class="note warning">${m.unsaved}</p>`;
    const refusal = this.#refusal(workspace);
    if (refusal) return html`<p class="note error">${refusal}</p>`;
    if (!details)
      return html`${failure ? this.#failed(failure) : html`<p class="quiet" role="status">${m.counting}</p>`}`;
    const successors = this.#isDefault(workspace) ? successorsOf(this.app, workspace) : [];
    return html`
      ${this.#losses(workspace, details)}
      ${
        successors.length > 0
          ? successorChoice(this.app, successors, this.newDefault, (id) => {
              this.newDefault = id;
              this.#askAnew();
            })
          : nothing
      }
      ${impact ? html`<p class="note error" role="alert">${this.#impact(impact)}</p>` : nothing}
      ${held ? html`<p class="note error" role="alert">${m.expectations(held.failing)}</p>` : nothing}
      ${failure ? this.#failed(failure) : nothing}
      <label>
        <span class="label">${m.typeName(this.app.nameOf(workspace))}</span>
        <input
          class="field"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          .value=${this.typed}
          @input=${(event: Event) => {
            this.typed = (event.target as HTMLInputElement).value;
          }}
        />
      </label>
    `;
  }

  #losses(workspace: string, { losses }: WorkspaceDetails): TemplateResult {
    const m = messages().deleteWorkspace;
    const { members, membersOnlyHere, groups, scenarios, guarantees } = losses;
    const settings = this.#ownSettings(workspace);
    const things = [
      m.members(members),
      ...(membersOnlyHere > 0 ? [m.membersOnlyHere(membersOnlyHere)] : []),
      m.groups(groups),
      ...(scenarios > 0 ? [m.scenarios(scenarios)] : []),
      ...(guarantees > 0 ? [m.guarantees(guarantees)] : []),
      ...(settings.length > 0 ? [m.ownSettings(settings)] : []),
    ];
    return html`
      <div class="note warning">
        <p>${m.lost}</p>
        <ul>
          ${things.map((thing) => html`<li>${thing}</li>`)}
        </ul>
      </div>
      <p class="quiet">${m.hint}</p>
    `;
  }

  #ownSettings(workspace: string) {
    const { settings } = this.app.draft;
    if (!this.#isListed(workspace)) return [];
    const { inherited } = effectiveSettings(settings, workspace);
    return (["claim", "mapping", "policy"] as const).filter((field) => !inherited[field]);
  }

  #impact(impact: ImpactToConfirm | "unknown"): string {
    const m = messages().review;
    return impact === "unknown" ? m.unknown : m.harm(impact.toConfirm, impact.topRoleLost > 0);
  }

  #failed(failure: BackendError): TemplateResult {
    return html`<failure-note .failure=${failure} @again=${() => this.#read()}></failure-note>`;
  }

  #isListed(workspace: string): boolean {
    return this.app.draft.settings.workspaces.some(({ id }) => id === workspace);
  }

  #isDefault(workspace: string): boolean {
    return this.app.draft.settings.defaultWorkspace === workspace;
  }

  /** Why it cannot be deleted, whatever is confirmed. */
  #refusal(workspace: string): unknown {
    if (this.app.workspaces.length === 1) return messages().deleteWorkspace.last;
    if (!this.#isListed(workspace) || successorsOf(this.app, workspace).length > 0) return null;
    const change = askRemoval(this.app, workspace);
    return change.status === "rejected" ? rejectionText(change) : null;
  }

  #isReady(workspace: string): boolean {
    const hasSuccessor = !this.#isDefault(workspace) || this.newDefault !== undefined;
    return (
      !this.busy && this.details !== null && hasSuccessor && this.typed.trim() === this.app.nameOf(workspace).trim()
    );
  }

  /** What was confirmed of something else counts for nothing. */
  #askAnew(): void {
    this.failure = null;
    this.impact = null;
    this.held = null;
  }

  async #read(): Promise<void> {
    const { workspace } = this;
    if (workspace === null) return;
    this.details = null;
    this.failure = null;
    try {
      const details = await this.app.backend.workspace(workspace);
      if (workspace === this.workspace) this.details = details;
    } catch (error) {
      if (workspace === this.workspace) this.failure = asBackendError(error);
    }
  }

  async #delete(workspace: string): Promise<void> {
    const { details, newDefault, impact, held } = this;
    if (!details || !this.#isReady(workspace)) return;
    const name = this.app.nameOf(workspace);
    const confirmed = impact === "unknown" ? { unknown: true as const } : impact ? { count: impact.toConfirm } : null;
    this.busy = true;
    this.failure = null;
    try {
      const answer = await deleteWorkspace(this.app, workspace, {
        members: details.losses.members,
        ...(newDefault !== undefined && { newDefault }),
        ...(confirmed && { confirmed }),
        ...(held && { failing: held.failing }),
      });
      switch (answer.status) {
        case "deleted":
          this.workspace = null;
          this.dispatchEvent(new CustomEvent("workspace-deleted", { detail: { name } }));
          break;
        case "changed":
          this.details = { ...details, losses: answer.losses };
          break;
        case "unconfirmed":
          this.impact = answer.impact;
          break;
        case "unmet":
          this.held = answer.held;
          break;
        case "stale":
          // Nothing is unsaved, so there is nothing to be merged.
          this.app.take(answer.stale.current);
          this.failure = new BackendError(answer.stale.error);
      }
    } catch (error) {
      const failure = asBackendError(error);
      if (failure.code === "impact-unknown") this.impact = "unknown";
      else this.failure = failure;
    } finally {
      this.busy = false;
    }
  }

  readonly #close = () => {
    this.workspace = null;
  };
}
