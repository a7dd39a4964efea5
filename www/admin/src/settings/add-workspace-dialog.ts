import "@awesome.me/webawesome/dist/components/button/button.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { Workspace } from "../backend/answers.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { admin } from "../shared/styles/admin.js";
import "../shared/elements/modal-dialog.js";

/** The workspaces that are not in the sync list yet, to choose one from. */
@customElement("add-workspace-dialog")
export class AddWorkspaceDialog extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      ul {
        max-height: 20rem;
        margin: -4px;
        padding: 4px;
        overflow-y: auto;
      }

      li {
        justify-content: space-between;
      }
    `,
  ];

  @state() private open = false;
  @state() private search = "";

  show(): void {
    this.search = "";
    this.open = true;
  }

  override render() {
    const m = messages().addWorkspace;
    const listed = new Set(this.app.draft.settings.workspaces.map(({ id }) => id));
    const others = this.app.workspaces.filter(({ id }) => !listed.has(id));
    const wanted = this.search.trim().toLocaleLowerCase();
    const found = others.filter(({ id, name }) => `${name}\n${id}`.toLocaleLowerCase().includes(wanted));
    return html`
      <modal-dialog
        .heading=${m.title}
        .open=${this.open}
        @dialog-close=${() => {
          this.open = false;
        }}
      >
        <p class="quiet">${m.hint}</p>
        ${
          others.length === 0
            ? html`<p>${m.none}</p>`
            : html`
                <label>
                  <span class="label">${m.search}</span>
                  <input
                    class="field"
                    type="search"
                    .value=${this.search}
                    @input=${(event: Event) => {
                      this.search = (event.target as HTMLInputElement).value;
                    }}
                  />
                </label>
                <ul class="rows" aria-label=${m.title}>
                  ${found.map((workspace) => this.#workspace(workspace))}
                </ul>
                <p class="quiet" role="status">${found.length === 0 ? m.notFound : ""}</p>
              `
        }
        <wa-button
          slot="actions"
          size="s"
          appearance="outlined"
          @click=${() => {
            this.open = false;
          }}
          >${messages().cancel}</wa-button
        >
      </modal-dialog>
    `;
  }

  #workspace({ id, name, members }: Workspace) {
    const m = messages().addWorkspace;
    return html`
      <li class="row">
        <span class="names">${name} <span class="quiet">${m.members(members)}</span></span>
        <wa-button size="s" variant="brand" appearance="outlined" @click=${() => this.#add(id)}>
          ${m.add}<span class="for-screen-readers"> ${name}</span>
        </wa-button>
      </li>
    `;
  }

  #add(workspace: string): void {
    this.open = false;
    this.app.run({ type: "add-workspace", workspace });
    this.app.go("settings", workspace);
  }
}
