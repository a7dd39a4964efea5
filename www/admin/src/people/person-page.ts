import "@awesome.me/webawesome/dist/components/button/button.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import type { UserDetails } from "../backend/answers.js";
import { asBackendError, type BackendError, type PersonChange } from "../backend/backend.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { activityOf, address } from "../shared/state/route.js";
import { admin } from "../shared/styles/admin.js";
import { personName } from "../shared/words/access.js";
import { when } from "../shared/words/when.js";
import type { ChangeDialog } from "./change-dialog.js";
import { personBadges } from "./person-badges.js";
import "../shared/elements/failure-note.js";
import "./change-dialog.js";

type Membership = UserDetails["memberships"][number];

/** One person: what they are and have, who gave it, and what can be done about it. */
@customElement("person-page")
export class PersonPage extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      dl {
        display: grid;
        grid-template-columns: max-content minmax(0, 1fr);
        gap: var(--wa-space-2xs) var(--wa-space-m);
        margin-block: var(--wa-space-s);
      }

      dt {
        color: var(--gs-quiet);
      }

      dd {
        overflow-wrap: anywhere;
      }

      h2 {
        margin-block-end: var(--wa-space-xs);
      }

      .ways {
        margin-block-start: var(--wa-space-s);
      }

      .groups {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wa-space-2xs) var(--wa-space-s);
      }
    `,
  ];

  @property({ type: Number }) person = 0;

  @state() private details: UserDetails | null = null;
  @state() private failure: BackendError | null = null;
  /** What was done last. */
  @state() private done = "";
  @query("change-dialog") private dialog!: ChangeDialog;

  override render() {
    const m = messages().peopleView;
    return html`
      <div class="stack">
        <p><a href=${address("people")}>${m.all}</a></p>
        ${this.failure ? html`<failure-note .failure=${this.failure} @again=${() => this.#ask()}></failure-note>` : nothing}
        ${this.details ? this.#page(this.details) : nothing}
        ${this.details || this.failure ? nothing : html`<p class="quiet" role="status">${messages().page.loading}</p>`}
      </div>
      <change-dialog
        .app=${this.app}
        @person-change=${(event: CustomEvent<{ change: PersonChange }>) => {
          this.done = m.done[event.detail.change];
          void this.#ask();
        }}
      ></change-dialog>
    `;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("person")) return;
    this.details = null;
    this.done = "";
    void this.#ask();
  }

  #page(details: UserDetails): TemplateResult {
    const m = messages().peopleView;
    const { user, standing, memberships, claims } = details;
    const { email, emailVerified, subject, lastSingleSignOn } = user;
    const { lastChange } = standing;
    return html`
      <section class="card">
        <h1 tabindex="-1">${personName(user)}</h1>
        <p class="row lead">${personBadges(user)}</p>
        <dl>
          ${
            email === null
              ? nothing
              : html`<dt>${m.email}</dt>
                  <dd>${email} ${emailVerified ? nothing : messages().page.unverified}</dd>`
          }
          ${
            subject === null
              ? nothing
              : html`<dt>${messages().activity.subject}</dt>
                  <dd><code>${subject}</code></dd>`
          }
          <dt>${m.lastSignIn}</dt>
          <dd>
            ${lastSingleSignOn === null ? messages().people.neverSignedIn : html`<time datetime=${lastSingleSignOn}>${when(lastSingleSignOn)}</time>`}
          </dd>
          ${
            lastChange === null
              ? nothing
              : html`<dt>${m.lastChange}</dt>
                  <dd>
                    ${messages().activity.userChanges[lastChange.change]},
                    ${lastChange.by ? personName(lastChange.by) : (messages().activity.methods[lastChange.method] ?? lastChange.method)},
                    <time datetime=${lastChange.at}>${when(lastChange.at)}</time>
                    ${lastChange.note === null ? nothing : html`<br /><q>${lastChange.note}</q>`}
                  </dd>`
          }
        </dl>
        <div class="row">${this.#changes(details).map((change) => this.#button(change, details))}</div>
        <p role="status">${this.done}</p>
        <p class="row ways">
          <a href=${address("activity", activityOf(user.id))}>${m.activity}</a>
          ${
            claims === null
              ? nothing
              : html`<a href=${address("preview")} @click=${() => {
                  this.app.trial = { user, claimsText: null };
                }}>${m.preview}</a>`
          }
        </p>
      </section>
      <section class="card">
        <h2>${m.has}</h2>
        ${
          memberships.length === 0
            ? html`<p class="quiet">${m.hasNothing}</p>`
            : html`<ul class="rows">
                ${memberships.map((membership) => this.#membership(membership))}
              </ul>`
        }
      </section>
      ${
        claims === null
          ? nothing
          : html`<section class="card">
              <h2>${m.lastToken}</h2>
              <pre tabindex="0" aria-label=${m.lastToken}>${JSON.stringify(claims.claims, null, 2)}</pre>
            </section>`
      }
    `;
  }

  /** What can be done, the mildest first. */
  #changes({ user: { status, subject, superAdmin, exempt } }: UserDetails): PersonChange[] {
    const exempting = exempt ? "no-longer-exempt" : "exempt";
    if (status === "archived") return ["restore", exempting];
    if (status === "invited" && subject === null) return [...(superAdmin ? (["invitation"] as const) : []), "archive"];
    return [exempting, "archive"];
  }

  #button(change: PersonChange, details: UserDetails): TemplateResult {
    const m = messages().peopleView;
    const isWithdrawal = change === "archive" && details.user.status === "invited";
    return html`
      <wa-button
        size="s"
        appearance="outlined"
        variant=${change === "archive" ? "danger" : "neutral"}
        @click=${() => this.dialog.show(change, details)}
        >${isWithdrawal ? m.withdraw : m.actions[change]}</wa-button
      >
    `;
  }

  #membership({ name, status, role, roleGrantedBy, groups }: Membership): TemplateResult {
    const m = messages().peopleView;
    return html`
      <li>
        <b>${name}</b> ${status === "active" ? nothing : html`<span class="badge">${messages().preview.members[status]}</span>`}
        <p class="names">${messages().access.role} <code>${role}</code> <span class="quiet">${m.givenBy[roleGrantedBy]}</span></p>
        ${
          groups.length === 0
            ? nothing
            : html`<ul class="groups">
                ${groups.map(
                  (group) =>
                    html`<li><code>${group.name}</code> <span class="quiet">${m.givenBy[group.grantedBy]}</span></li>`,
                )}
              </ul>`
        }
      </li>
    `;
  }

  async #ask(): Promise<void> {
    const { person } = this;
    this.failure = null;
    try {
      const details = await this.app.backend.people?.user(person);
      if (person === this.person && details) this.details = details;
    } catch (error) {
      if (person === this.person) this.failure = asBackendError(error);
    }
  }
}
