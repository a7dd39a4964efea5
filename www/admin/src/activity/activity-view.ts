import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { AuditEntry, AuditQuery, User } from "../backend/answers.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { Pages } from "../shared/elements/pages.js";
import { address, personOfActivity } from "../shared/state/route.js";
import { admin } from "../shared/styles/admin.js";
import { planSentences, reasonText } from "../shared/words/plans.js";
import { when } from "../shared/words/when.js";
import { isRun, nameOf } from "./entry.js";
import "./login-entry.js";
import "../shared/elements/person-picker.js";

type Filters = Omit<AuditQuery, "before" | "limit" | "user">;

/** What logins came to, newest first; each can be opened for why. */
@customElement("activity-view")
export class ActivityView extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      .filters {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(9rem, 100%), 1fr));
        gap: var(--wa-space-s);
        align-items: end;
      }

      .filters .field {
        width: 100%;
      }

      .filters .field {
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
        padding: var(--wa-space-xs) var(--wa-space-2xs);
        border-radius: var(--wa-border-radius-s);
        color: inherit;
        line-height: 1.5;
        text-decoration: none;
      }

      .entries a:hover {
        background: var(--gs-active-line);
      }

      .who {
        font-weight: var(--wa-font-weight-semibold);
        overflow-wrap: anywhere;
      }

      .plan {
        display: block;
        overflow-wrap: anywhere;
      }

      .plan b {
        font-weight: var(--wa-font-weight-semibold);
      }

      @media (min-width: 44rem) {
        .entries a {
          grid-template-columns: 11rem 12rem minmax(0, 1fr);
        }
      }
    `,
  ];

  @state() private filters: Filters = {};
  @state() private user: User | null = null;
  readonly #entries = new Pages<AuditEntry>(this, async (before, signal) => {
    const user = this.user && { user: this.user.id };
    const query = { ...this.filters, ...user, ...(before !== undefined && { before }) };
    const { entries, next } = await this.app.backend.audit(query, signal);
    return { items: entries, next };
  });

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#begin();
  }

  /** With everybody's logins, or with those of whom the address names. */
  async #begin(): Promise<void> {
    const person = this.#person;
    const found = person === null ? null : await this.app.backend.people?.user(person).catch(() => null);
    this.user = found?.user ?? null;
    await this.#entries.ask();
  }

  get #person(): number | null {
    const { item } = this.app.route;
    return item === null ? null : personOfActivity(item);
  }

  override render() {
    const m = messages().activity;
    const { item } = this.app.route;
    if (item !== null && this.#person === null)
      return html`<login-entry .app=${this.app} .entry=${Number(item)}></login-entry>`;
    return html`
      <div class="stack">
        <div>
          <h1 tabindex="-1">${messages().views.activity}</h1>
          <p class="quiet lead">${m.hint}</p>
          ${this.app.backend.reconciling ? html`<p class="lead"><a href=${address("directory")}>${messages().directory.link}</a></p>` : nothing}
        </div>
        <section class="card filters" aria-label=${m.filters}>${this.#filters()}</section>
        <section class="card" aria-label=${m.entries}>
          ${this.#entries.shown((entries) => this.#list(entries), m.more)}
        </section>
      </div>
    `;
  }

  #filters(): TemplateResult {
    const m = messages().activity;
    const { filters } = this;
    return html`
      <person-picker
        data-filter
        .app=${this.app}
        .label=${m.person}
        .user=${this.user}
        @person-pick=${(event: CustomEvent<{ user: User | null }>) => {
          this.user = event.detail.user;
          void this.#entries.ask();
        }}
      ></person-picker>
      ${this.#select(m.workspace, filters.workspace ?? "", [["", m.any], ...this.app.workspaces.map(({ id, name }) => [id, name] as const)], (workspace) => ({ workspace: workspace || undefined }))}
      ${this.#select(
        m.outcome,
        filters.changed ? "changed" : filters.allowed === false ? "refused" : (filters.status ?? ""),
        [
          ["", m.any],
          ["changed", m.changed],
          ["refused", m.refused],
          ["unchanged", messages().statuses.unchanged],
          ["skipped", messages().statuses.skipped],
          ["denied", messages().statuses.denied],
        ],
        (outcome) => ({
          changed: outcome === "changed" ? true : undefined,
          allowed: outcome === "refused" ? false : undefined,
          status: outcome === "unchanged" || outcome === "skipped" || outcome === "denied" ? outcome : undefined,
        }),
      )}
      ${this.#select(m.reason, filters.reason ?? "", [["", m.any], ...Object.entries(messages().reasons)], (reason) => ({ reason: reason || undefined }))}
      <label>
        <span class="label">${m.number}</span>
        <input
          class="field"
          maxlength="100"
          .value=${filters.requestId ?? ""}
          @change=${(event: Event) => this.#filter({ requestId: (event.target as HTMLInputElement).value.trim() || undefined })}
        />
      </label>
      ${this.#day(m.from, "from", 0)} ${this.#day(m.to, "to", 1)}
    `;
  }

  #select(
    label: string,
    value: string,
    options: (readonly [value: string, name: string])[],
    filter: (value: string) => { [Name in keyof Filters]?: Filters[Name] | undefined },
  ): TemplateResult {
    return html`
      <label>
        <span class="label">${label}</span>
        <select class="field" @change=${(event: Event) => this.#filter(filter((event.target as HTMLSelectElement).value))}>
          ${options.map(([option, name]) => html`<option value=${option} ?selected=${option === value}>${name}</option>`)}
        </select>
      </label>
    `;
  }

  /** A whole day in the admin's own time; until the end of it is before the next one begins. */
  #day(label: string, name: "from" | "to", later: number): TemplateResult {
    return html`
      <label>
        <span class="label">${label}</span>
        <input
          class="field"
          type="date"
          @change=${(event: Event) => {
            const { value } = event.target as HTMLInputElement;
            const [year = 0, month = 1, day = 1] = value.split("-").map(Number);
            const moment = value === "" ? undefined : new Date(year, month - 1, day + later).toISOString();
            this.#filter({ [name]: moment });
          }}
        />
      </label>
    `;
  }

  #list(entries: readonly AuditEntry[]): TemplateResult {
    const m = messages().activity;
    if (entries.length === 0) {
      return html`<p class="quiet" role="status">${this.#filtered ? m.noneFits : m.none}</p>`;
    }
    return html`
      <ul class="rows entries">
        ${entries.map((entry) => this.#entry(entry))}
      </ul>
    `;
  }

  #entry(entry: AuditEntry): TemplateResult {
    const m = messages().activity;
    const { id, at, allowed, reason, workspaces, method, userChange } = entry;
    const changed = workspaces.filter(({ applied }) => applied);
    return html`
      <li>
        <a href=${address("activity", String(id))}>
          <time class="quiet" datetime=${at}>${when(at)}</time>
          <span class="who">${nameOf(entry)}</span>
          <span>
            ${allowed ? nothing : html`<span class="badge bad">${isRun(entry) ? m.failedBadge : m.refusedBadge}</span> ${reason === null ? nothing : reasonText(reason)}`}
            ${userChange === null ? nothing : html`<span class="badge">${m.userChanges[userChange]}</span>`}
            ${changed.map(
              (plan) => html`
                <span class="plan"
                  ><b>${this.app.nameOf(plan.workspace)}</b> ${planSentences(plan, true).map((text) => html`${text} `)}</span
                >
              `,
            )}
            ${allowed && changed.length === 0 && userChange === null ? html`<span class="quiet">${method === "oidc" ? m.nothing : m.otherWay}</span>` : nothing}
          </span>
        </a>
      </li>
    `;
  }

  get #filtered(): boolean {
    return this.user !== null || Object.values(this.filters).some((value) => value !== undefined);
  }

  #filter(filters: { [Name in keyof Filters]?: Filters[Name] | undefined }): void {
    const given = Object.entries({ ...this.filters, ...filters }).filter(([, value]) => value !== undefined);
    this.filters = Object.fromEntries(given) as Filters;
    void this.#entries.ask();
  }
}
