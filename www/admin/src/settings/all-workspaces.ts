import "@awesome.me/webawesome/dist/components/button/button.js";
import "@awesome.me/webawesome/dist/components/icon/icon.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { Workspace } from "../backend/answers.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import type { NewWorkspaceDialog } from "../shared/elements/new-workspace-dialog.js";
import { showAll } from "../shared/elements/show-all.js";
import { admin } from "../shared/styles/admin.js";
import type { DeleteWorkspaceDialog } from "./delete-workspace-dialog.js";
import "../shared/elements/load-failure.js";

/** How many there are before somebody asks for the rest. */
const few = 10;

/** The workspaces of the application, in the sync list or not: to be made, renamed and deleted. */
@customElement("all-workspaces")
export class AllWorkspaces extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      li {
        justify-content: space-between;
      }

      .names {
        min-width: 0;
      }
    `,
  ];

  @state() private all = false;
  @state() private search = "";
  @state() private done: unknown = "";
  /** The dialogs come when they are first asked for, as most visits need none. */
  @state() private dialogs: "no" | "yes" | "failed" = "no";

  override render() {
    const m = messages().workspaces;
    const { workspaces, readOnly } = this.app;
    const wanted = this.search.trim().toLocaleLowerCase();
    const found = workspaces.filter(({ id, name }) => `${name}\n${id}`.toLocaleLowerCase().includes(wanted));
    const shown = this.all ? found : found.slice(0, few);
    return html`
      <section class="card" aria-labelledby="workspaces">
      <div class="row apart">
        <h2 id="workspaces" tabindex="-1">${m.title}</h2>
        ${
          readOnly
            ? nothing
            : html`<wa-button size="s" appearance="outlined" @click=${() => this.#name(null)}>
                <wa-icon slot="start" name="plus"></wa-icon>
                ${m.new}
              </wa-button>`
        }
      </div>
      <p class="quiet lead">${m.hint}</p>
      ${
        workspaces.length > few
          ? html`<label>
              <span class="for-screen-readers">${messages().addWorkspace.search}</span>
              <input
                class="field"
                type="search"
                placeholder=${messages().addWorkspace.search}
                .value=${this.search}
                @input=${(event: Event) => {
                  this.search = (event.target as HTMLInputElement).value;
                }}
              />
            </label>`
          : nothing
      }
      <ul class="rows" aria-labelledby="workspaces">
        ${shown.map((workspace) => this.#workspace(workspace))}
      </ul>
      ${showAll(shown.length, found.length, () => {
        this.all = true;
      })}
      <p class="quiet" role="status">${found.length === 0 ? messages().addWorkspace.notFound : this.done}</p>
      </section>
      ${this.#dialogs()}
    `;
  }

  #dialogs(): TemplateResult | typeof nothing {
    const m = messages().workspaces;
    if (this.dialogs === "failed") return html`<load-failure></load-failure>`;
    if (this.dialogs === "no") return nothing;
    return html`
      <new-workspace-dialog
        .app=${this.app}
        @workspace-saved=${(event: CustomEvent<{ name: string; isNew: boolean }>) => {
          const { name, isNew } = event.detail;
          this.done = isNew ? m.created(name) : m.renamed(name);
        }}
      ></new-workspace-dialog>
      <delete-workspace-dialog
        .app=${this.app}
        @workspace-deleted=${(event: CustomEvent<{ name: string }>) => {
          this.done = m.deleted(event.detail.name);
          this.renderRoot.querySelector<HTMLElement>("h2")?.focus();
        }}
      ></delete-workspace-dialog>
    `;
  }

  async #name(workspace: string | null): Promise<void> {
    await this.#load();
    this.renderRoot.querySelector<NewWorkspaceDialog>("new-workspace-dialog")?.show(workspace);
  }

  async #delete(workspace: string): Promise<void> {
    await this.#load();
    this.renderRoot.querySelector<DeleteWorkspaceDialog>("delete-workspace-dialog")?.show(workspace);
  }

  async #load(): Promise<void> {
    try {
      await Promise.all([import("../shared/elements/new-workspace-dialog.js"), import("./delete-workspace-dialog.js")]);
      this.dialogs = "yes";
    } catch {
      this.dialogs = "failed";
    }
    await this.updateComplete;
  }

  #workspace({ id, name, members, catalog }: Workspace): TemplateResult {
    const m = messages().workspaces;
    const { settings } = this.app.draft;
    const isListed = settings.workspaces.some((listed) => listed.id === id);
    return html`
      <li class="row">
        <span class="names">
          ${name} ${id === name ? nothing : html`<code class="quiet">${id}</code>`}
          ${id === settings.defaultWorkspace ? html`<span class="badge good">${messages().settings.defaultBadge}</span>` : nothing}
          ${isListed ? nothing : html`<span class="badge">${m.notListed}</span>`}
          <br />
          <span class="quiet">${messages().addWorkspace.members(members)}, ${m.groups(catalog.groups.length)}</span>
        </span>
        ${
          this.app.readOnly
            ? nothing
            : html`<span class="row">
                <wa-button size="s" appearance="outlined" @click=${() => this.#name(id)}>
                  ${m.renameAction}<span class="for-screen-readers"> ${name}</span>
                </wa-button>
                <wa-button size="s" appearance="outlined" variant="danger" @click=${() => this.#delete(id)}>
                  ${m.deleteAction}<span class="for-screen-readers"> ${name}</span>
                </wa-button>
              </span>`
        }
      </li>
    `;
  }
}
