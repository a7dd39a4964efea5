import "@awesome.me/webawesome/dist/components/button/button.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { ChangedUser, Invitation, Provider } from "../backend/answers.js";
import { asBackendError } from "../backend/backend.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { address } from "../shared/state/route.js";
import { admin } from "../shared/styles/admin.js";
import "../shared/elements/modal-dialog.js";
import "../shared/elements/provider-choice.js";
import "./invitation-link.js";

type Chosen = NonNullable<Invitation["workspaces"]>[number];

/** Invites somebody by their e-mail address. */
@customElement("invite-dialog")
export class InviteDialog extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      .chosen {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto auto;
        gap: var(--wa-space-xs);
        align-items: center;
        margin-block-end: var(--wa-space-xs);
      }

      legend ~ .lead {
        margin-block-end: var(--wa-space-xs);
      }

      .chosen select.field {
        width: 100%;
      }
    `,
  ];

  @state() private open = false;
  @state() private email = "";
  @state() private name = "";
  @state() private superAdmin = false;
  /** Where they are to sign in. */
  @state() private provider: Provider | null = null;
  @state() private chosen: Chosen[] = [];
  @state() private busy = false;
  @state() private failure: { code: string; message: string; existing?: number } | null = null;
  @state() private invited: ChangedUser | null = null;

  show(): void {
    Object.assign(this, {
      open: true,
      email: "",
      name: "",
      superAdmin: false,
      provider: null,
      chosen: [],
      failure: null,
      invited: null,
    });
  }

  override render() {
    const m = messages().peopleView;
    const { invited } = this;
    return html`
      <modal-dialog .heading=${invited ? m.invitedTitle : m.inviteTitle} .open=${this.open} @dialog-close=${this.#close}>
        ${this.open ? (invited ? this.#told(invited) : this.#form()) : nothing}
        <wa-button slot="actions" size="s" appearance="outlined" @click=${this.#close}
          >${invited ? m.close : messages().cancel}</wa-button
        >
        ${
          invited
            ? nothing
            : html`<wa-button slot="actions" size="s" variant="brand" ?disabled=${this.busy} @click=${this.#invite}>${m.inviteNow}</wa-button>`
        }
      </modal-dialog>
    `;
  }

  #told({ link, user: { email } }: ChangedUser): TemplateResult {
    const m = messages().peopleView;
    return html`
      <p role="status">${m.invitedHint(email ?? "")}</p>
      ${link === null ? nothing : html`<invitation-link .link=${link}></invitation-link>`}
    `;
  }

  #form(): TemplateResult {
    const m = messages().peopleView;
    const { failure } = this;
    return html`
      <p class="quiet">${m.inviteHint}</p>
      <label>
        <span class="label">${m.email}</span>
        <input
          class="field"
          type="email"
          maxlength="320"
          autocomplete="off"
          .value=${this.email}
          aria-invalid=${failure?.code === "invalid-input" ? "true" : "false"}
          @input=${(event: Event) => {
            this.email = (event.target as HTMLInputElement).value;
          }}
        />
      </label>
      <label>
        <span class="label">${m.nameOptional}</span>
        <input
          class="field"
          type="text"
          maxlength="320"
          autocomplete="off"
          .value=${this.name}
          @input=${(event: Event) => {
            this.name = (event.target as HTMLInputElement).value;
          }}
        />
      </label>
      <provider-choice
        offered
        .app=${this.app}
        @provider-pick=${(event: CustomEvent<{ provider: Provider }>) => {
          this.provider = event.detail.provider;
        }}
      ></provider-choice>
      <label class="row">
        <input
          type="checkbox"
          .checked=${this.superAdmin}
          @change=${(event: Event) => {
            this.superAdmin = (event.target as HTMLInputElement).checked;
          }}
        />
        ${m.asSuperAdmin}
      </label>
      ${this.superAdmin ? html`<p class="quiet">${m.superAdminHint}</p>` : nothing} ${this.#workspaces()}
      ${
        failure
          ? html`<p class="note error" role="alert">
              ${m.problems[failure.code] ?? messages().problems[failure.code] ?? failure.message}
              ${failure.existing === undefined ? nothing : html`<a href=${address("people", String(failure.existing))} @click=${this.#close}>${m.openThem}</a>`}
            </p>`
          : nothing
      }
    `;
  }

  #workspaces(): TemplateResult {
    const m = messages().peopleView;
    const taken = this.chosen.map(({ workspace }) => workspace);
    const others = this.app.workspaces.filter(({ id }) => !taken.includes(id));
    return html`
      <fieldset>
        <legend>${m.workspaces}</legend>
        <p class="quiet lead">${m.workspacesHint}</p>
        ${this.chosen.map((one) => this.#chosenWorkspace(one))}
        ${
          others.length === 0
            ? nothing
            : html`<select
                class="field"
                aria-label=${m.addWorkspace}
                @change=${(event: Event) => {
                  const menu = event.target as HTMLSelectElement;
                  const [role = ""] = this.app.catalogOf(menu.value).roles ?? [];
                  this.chosen = [...this.chosen, { workspace: menu.value, role }];
                  menu.value = "";
                }}
              >
                <option value="" selected>${m.addWorkspace}</option>
                ${others.map(({ id, name }) => html`<option value=${id}>${name}</option>`)}
              </select>`
        }
      </fieldset>
    `;
  }

  #chosenWorkspace({ workspace, role }: Chosen): TemplateResult {
    const m = messages().peopleView;
    const name = this.app.nameOf(workspace);
    return html`
      <div class="chosen">
        <span class="names">${name}</span>
        <select
          class="field"
          aria-label=${m.roleIn(name)}
          @change=${(event: Event) => {
            const { value } = event.target as HTMLSelectElement;
            this.chosen = this.chosen.map((one) => (one.workspace === workspace ? { workspace, role: value } : one));
          }}
        >
          ${(this.app.catalogOf(workspace).roles ?? []).map(
            (option) => html`<option value=${option} ?selected=${option === role}>${option}</option>`,
          )}
        </select>
        <wa-button
          size="s"
          appearance="plain"
          aria-label=${m.leaveOut(name)}
          @click=${() => {
            this.chosen = this.chosen.filter((one) => one.workspace !== workspace);
          }}
          >${messages().scenarios.remove}</wa-button
        >
      </div>
    `;
  }

  /** Whoever was invited is looked at next. */
  readonly #close = (): void => {
    if (!this.open) return;
    this.open = false;
    const { invited } = this;
    if (invited) this.app.go("people", String(invited.user.id));
  };

  readonly #invite = async (): Promise<void> => {
    const { people } = this.app.backend;
    if (!people || this.busy) return;
    this.busy = true;
    this.failure = null;
    const { name, superAdmin, provider, chosen: workspaces } = this;
    try {
      const answer = await people.invite({
        email: this.email.trim(),
        name,
        superAdmin,
        ...(provider && { provider: provider.id }),
        workspaces,
      });
      if (answer.status === "done") this.invited = answer;
      else {
        const { existing } = answer;
        this.failure = { ...answer.error, ...(existing !== undefined && { existing }) };
      }
    } catch (error) {
      this.failure = asBackendError(error);
    } finally {
      this.busy = false;
    }
  };
}
