import "@awesome.me/webawesome/dist/components/button/button.js";
import type { Effect, InstanceSettings } from "idp-group-sync";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { Printing } from "../shared/elements/printing.js";
import { accessStyles } from "../shared/styles/access.js";
import { admin } from "../shared/styles/admin.js";
import { type Access, accessChange, effectBadge, personName } from "../shared/words/access.js";
import { coded } from "../shared/words/coded.js";
import { blockedText, reasonText } from "../shared/words/plans.js";
import { effects, grouped, type ImpactRow, rowsOf } from "./impact-rows.js";
import type { ImpactChange, ImpactState } from "./known-impact.js";

/** Drawing thousands of people at once would be slow, and nobody reads them. */
const AT_FIRST = 100;

/**
 * What becomes of people's next logins, as it becomes known; whoever would be refused stands first, then whoever would no longer have
 * the highest role.
 *
 * @fires again - It failed, and is to be found out once more.
 */
@customElement("people-impact")
export class PeopleImpact extends AdminElement {
  static override styles = [
    shared,
    admin,
    accessStyles,
    css`
      /* A full bar over "1 of 12 people" would say that it is all of them; its room stays, so nothing moves. */
      progress.done {
        visibility: hidden;
      }

      progress {
        display: block;
        width: 100%;
        height: 0.375rem;
        accent-color: var(--wa-color-brand-fill-loud);
      }

      .filters {
        margin-block: var(--wa-space-s);
        align-items: end;
      }

      .filters label {
        min-width: 0;
      }

      .filters .field {
        height: 2.25rem;
        padding-block: 0;
      }

      .filters .label {
        font-size: var(--gs-small-size);
      }

      .filters input {
        width: min(14rem, 100%);
      }

      li {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--wa-space-2xs) var(--wa-space-s);
      }

      h3 {
        margin-block: var(--wa-space-s) var(--wa-space-2xs);
      }

      .harm li {
        padding-inline: var(--wa-space-s);
        border-inline-start: 3px solid var(--gs-error);
        background: var(--gs-error-fill);
      }

      @media (min-width: 40rem) {
        li {
          grid-template-columns: minmax(0, 2fr) 9.5rem minmax(0, 3fr);
          align-items: baseline;
        }
      }
    `,
  ];

  @property({ attribute: false }) impact!: ImpactState;
  /** The settings that it is about. */
  @property({ attribute: false }) settings!: InstanceSettings;

  @state() private effect: Effect | "" = "";
  @state() private workspace = "";
  @state() private search = "";
  @state() private shown = AT_FIRST;
  readonly #printing = new Printing(this);

  override render() {
    const m = messages().impact;
    const { start, changes, logins, done, summary, failure } = this.impact;
    const total = start?.users ?? 0;
    return html`
      ${this.settings.enabled ? nothing : html`<p>${m.off}</p>`}
      ${
        failure
          ? html`<div class="note error" role="alert">
              <p>${m.failed} ${messages().problems[failure.code] ?? html`<span lang="en">${coded(failure.message)}.</span>`}</p>
              <div>
                <wa-button size="s" appearance="outlined" @click=${() => this.dispatchEvent(new CustomEvent("again"))}>
                  ${messages().problems.again}
                </wa-button>
              </div>
            </div>`
          : html`<progress class=${summary ? "done screen-only" : "screen-only"} max=${Math.max(total, 1)} .value=${done} aria-label=${m.progress}></progress>
              <p class="quiet" role="status">${summary ? this.#total() : m.running(done, total)}</p>`
      }
      ${summary && start && start.withoutClaims > 0 ? html`<p class="quiet">${m.withoutClaims(start.withoutClaims)}</p>` : nothing}
      ${changes.length + logins.length > 0 ? this.#list() : nothing}
    `;
  }

  /** With group sync off, that nothing changes is said already. */
  #total(): string | typeof nothing {
    const { start, changes, logins } = this.impact;
    const people = new Set([...changes, ...logins].map(({ user }) => user.id)).size;
    if (!this.settings.enabled && people === 0) return nothing;
    return messages().impact.total(people, start?.users ?? 0);
  }

  #list(): TemplateResult {
    const m = messages().impact;
    const syncs = (workspace: string) => this.app.syncs(this.settings, workspace);
    const rows = rowsOf(this.impact, syncs);
    const wanted = this.search.trim().toLocaleLowerCase();
    // On paper are all of them, whoever is looked for on the screen.
    const isWhole = this.#printing.active;
    const found = rows.filter(
      (row) =>
        isWhole ||
        ((this.effect === "" || row.effect === this.effect) &&
          (this.workspace === "" || (row.kind !== "login" && row.change.workspace === this.workspace)) &&
          `${row.change.user.name ?? ""}\n${row.change.user.email ?? ""}`.toLocaleLowerCase().includes(wanted)),
    );
    const { denied, topRole, others } = grouped(found);
    return html`
      ${this.#filters(rows)}
      ${this.#group(denied, m.groups.denied, true)} ${this.#group(topRole, m.groups.topRole, true)}
      ${this.#group(others, denied.length + topRole.length > 0 ? m.groups.others : null, false)}
      ${found.length === 0 ? html`<p class="quiet">${m.nobody}</p>` : nothing}
      ${
        Math.max(denied.length, topRole.length, others.length) > this.#limit
          ? html`<button class="link" type="button" @click=${() => {
              this.shown += 500;
            }}>${messages().showMore(found.length - this.#limit)}</button>`
          : nothing
      }
    `;
  }

  get #limit(): number {
    return this.#printing.active ? Number.POSITIVE_INFINITY : this.shown;
  }

  #filters(rows: ImpactRow[]): TemplateResult {
    const m = messages().impact;
    const count = (effect: Effect) => rows.filter((row) => row.effect === effect).length;
    const workspaces = [...new Set(rows.flatMap((row) => (row.kind === "login" ? [] : row.change.workspace)))];
    return html`
      <div class="row filters screen-only">
        <label>
          <span class="label">${m.effect}</span>
          <select class="field" @change=${(event: Event) => {
            this.effect = (event.target as HTMLSelectElement).value as Effect | "";
          }}>
            <option value="">${m.all(rows.length)}</option>
            ${effects.map(
              (effect) => html`<option value=${effect}>${messages().effects[effect]} (${count(effect)})</option>`,
            )}
          </select>
        </label>
        <label>
          <span class="label">${m.workspace}</span>
          <select class="field" @change=${(event: Event) => {
            this.workspace = (event.target as HTMLSelectElement).value;
          }}>
            <option value="">${m.everyWorkspace}</option>
            ${workspaces.map((id) => html`<option value=${id}>${this.app.nameOf(id)}</option>`)}
          </select>
        </label>
        <label>
          <span class="label">${m.search}</span>
          <input class="field" type="search" @input=${(event: Event) => {
            this.search = (event.target as HTMLInputElement).value;
          }} />
        </label>
      </div>
    `;
  }

  #group(
    rows: ImpactRow[],
    title: ((people: number) => string) | null,
    harm: boolean,
  ): TemplateResult | typeof nothing {
    if (rows.length === 0) return nothing;
    const heading = title?.(new Set(rows.map(({ change }) => change.user.id)).size) ?? messages().impact.people;
    return html`
      ${title ? html`<h3>${heading}</h3>` : nothing}
      <ul class="rows ${harm ? "harm" : ""}" aria-label=${heading}>
        ${rows.slice(0, this.#limit).map((row) => this.#row(row))}
      </ul>
    `;
  }

  #row(row: ImpactRow): TemplateResult {
    const m = messages().impact;
    const where = row.kind === "login" ? m.login : this.#membership(row.change);
    return html`
      <li>
        <span class="names">${personName(row.change.user)} <span class="quiet">${where}</span></span>
        <span>${row.kind === "not-synced" ? html`<span class="badge doubt">${m.notSynced}</span>` : effectBadge(row.effect)}</span>
        <div>${this.#what(row)}</div>
      </li>
    `;
  }

  #membership({ workspace, member }: ImpactChange): TemplateResult {
    const name = this.app.nameOf(workspace);
    return html`${name}${member === "active" ? nothing : html`, ${messages().preview.members[member]}`}`;
  }

  #what(row: ImpactRow) {
    const m = messages().impact;
    switch (row.kind) {
      case "login": {
        const { before, after } = row.change.refused;
        return html`
          ${after === undefined ? nothing : html`<p>${m.refusedFor(reasonText(after))}</p>`}
          ${before === undefined ? nothing : html`<p>${m.wasRefusedFor(reasonText(before))}</p>`}
        `;
      }
      case "workspace": {
        const { before, after, blocked = [] } = row.change;
        return html`${accessChange(before, after)} ${blocked.map((one) => html`<p class="quiet">${blockedText(one)}</p>`)}`;
      }
      case "not-synced": {
        const [before, after] = [named(row.change.before), named(row.change.after)];
        return html`
          ${after.length === 0 ? m.staysOut : m.keeps(after)}
          ${row.change.before.denied ? m.wouldBeRefused : before.length === 0 ? nothing : m.wouldHave(before)}
        `;
      }
    }
  }
}

/** The role and the groups that somebody has. */
function named({ role, groups }: Access): string[] {
  return role === null ? [] : [role, ...groups];
}
