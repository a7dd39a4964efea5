import "@awesome.me/webawesome/dist/components/button/button.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import type { User, UsersQuery } from "../backend/answers.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { type Page, Pages } from "../shared/elements/pages.js";
import { address } from "../shared/state/route.js";
import { admin } from "../shared/styles/admin.js";
import { personName } from "../shared/words/access.js";
import { when } from "../shared/words/when.js";
import type { InviteDialog } from "./invite-dialog.js";
import { personBadges } from "./person-badges.js";
import "./invite-dialog.js";
import "./person-page.js";

/** Nobody wants a request for each letter. */
const PAUSE = 150;

/** Who is looked for by what they are. */
const kinds = {
  everybody: {},
  active: { status: "active" },
  invited: { status: "invited" },
  bySync: { archivedBySync: true },
  byHand: { archivedBySync: false },
  superAdmins: { superAdmin: true },
  exempt: { exempt: true },
} satisfies Record<string, UsersQuery>;
type Kind = keyof typeof kinds;

/** Everybody who is known here; each can be opened for what they have, and to be archived, restored or exempted. */
@customElement("people-view")
export class PeopleView extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      .filters {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wa-space-s);
        align-items: end;
      }

      .filters label {
        flex: 1 1 14rem;
        min-width: 0;
      }

      .filters .field {
        width: 100%;
        height: 2.25rem;
        padding-block: 0;
      }

      .entries > li {
        padding: 0;
      }

      .entries a {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0 var(--wa-space-m);
        align-items: baseline;
        padding: var(--wa-space-xs) var(--wa-space-2xs);
        border-radius: var(--wa-border-radius-s);
        color: inherit;
        line-height: 1.5;
        text-decoration: none;
      }

      .entries a:hover {
        background: var(--gs-active-line);
      }

      .entries span {
        overflow-wrap: anywhere;
      }

      .note {
        margin-block-end: var(--wa-space-xs);
      }

      .who {
        font-weight: var(--wa-font-weight-semibold);
      }

      .badges {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wa-space-2xs);
      }

      .badges:empty {
        display: none;
      }

      @media (min-width: 56rem) {
        .entries a {
          grid-template-columns: minmax(0, 4fr) minmax(0, 4fr) minmax(0, 4fr) 15rem;
        }

        .badges:empty {
          display: flex;
        }
      }
    `,
  ];

  @state() private kind: Kind = "everybody";
  readonly #users = new Pages<User>(this, (after, signal) => this.#read(after, signal));
  /** Whether a super admin is exempt; until that is known, nothing is said of it. */
  @state() private hasBreakGlass = true;
  @query("input[type=search]") private search!: HTMLInputElement | null;
  @query("invite-dialog") private inviting!: InviteDialog | null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #item: string | null | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override willUpdate(): void {
    const { view, item } = this.app.route;
    // On its way out it is still there, and an item is another view's.
    if (view !== "people") return;
    // Back from somebody's page, who may have changed.
    if (item === null && this.#item !== null) void this.#ask();
    this.#item = item;
  }

  override render() {
    const m = messages().peopleView;
    const item = this.#item ?? null;
    if (item !== null) return html`<person-page .app=${this.app} .person=${Number(item)}></person-page>`;
    return html`
      <div class="stack">
        <div class="row apart">
          <div>
            <h1 tabindex="-1">${messages().views.people}</h1>
            <p class="quiet lead">${m.hint}</p>
          </div>
          <wa-button size="s" variant="brand" @click=${() => this.inviting?.show()}>${m.invite}</wa-button>
        </div>
        <section class="card filters" aria-label=${messages().activity.filters}>
          <label>
            <span class="label">${messages().people.search}</span>
            <input class="field" type="search" maxlength="320" autocomplete="off" spellcheck="false" @input=${this.#type} />
          </label>
          <label>
            <span class="label">${m.show}</span>
            <select class="field" @change=${this.#choose}>
              ${(Object.keys(kinds) as Kind[]).map(
                (kind) => html`<option value=${kind} ?selected=${kind === this.kind}>${m.kinds[kind]}</option>`,
              )}
            </select>
          </label>
        </section>
        <section class="card" aria-label=${messages().views.people}>
          ${this.#users.shown((users) => this.#list(users), m.more)}
        </section>
      </div>
      <invite-dialog .app=${this.app}></invite-dialog>
    `;
  }

  #list(users: readonly User[]): TemplateResult {
    const m = messages().peopleView;
    const note = this.hasBreakGlass ? nothing : html`<p class="note">${m.noBreakGlass}</p>`;
    if (users.length === 0) return html`${note}<p class="quiet" role="status">${m.none}</p>`;
    return html`
      ${note}
      <ul class="rows entries">
        ${users.map((user) => this.#user(user))}
      </ul>
    `;
  }

  #user(user: User): TemplateResult {
    const { id, name, email, emailVerified, lastSingleSignOn } = user;
    const m = messages().peopleView;
    const { neverSignedIn } = messages().people;
    return html`
      <li>
        <a href=${address("people", String(id))}>
          <span class="who">${personName(user)}</span>
          <span class="quiet"
            >${name === null || email === null ? nothing : email}
            ${name === null || email === null || emailVerified ? nothing : messages().page.unverified}</span
          >
          <span class="badges">${personBadges(user)}</span>
          <span class="quiet"
            >${lastSingleSignOn === null ? neverSignedIn : html`<time datetime=${lastSingleSignOn}>${m.signedIn(when(lastSingleSignOn))}</time>`}</span
          >
        </a>
      </li>
    `;
  }

  #type(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), PAUSE);
  }

  #choose(event: Event): void {
    this.kind = (event.target as HTMLSelectElement).value as Kind;
    void this.#ask();
  }

  #ask(): Promise<void> {
    clearTimeout(this.#timer);
    return this.#users.ask();
  }

  async #read(after: number | undefined, signal: AbortSignal): Promise<Page<User>> {
    const { backend } = this.app;
    const search = this.search?.value ?? "";
    const [page, { users: breakGlass }] = await Promise.all([
      backend.users({ search, ...kinds[this.kind], ...(after !== undefined && { after }) }, signal),
      backend.users({ superAdmin: true, exempt: true, status: "active", limit: 1 }, signal),
    ]);
    this.hasBreakGlass = breakGlass.length > 0;
    return { items: page.users, next: page.next };
  }
}
