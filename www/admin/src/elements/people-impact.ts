import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { shared } from "../../../src/styles/shared.js";
import { messages } from "../messages/language.js";
import type { ImpactChange, ImpactState } from "../state/known-impact.js";
import { accessStyles } from "../styles/access.js";
import { admin } from "../styles/admin.js";
import { accessChange, effectBadge, personName } from "../words/access.js";
import { coded } from "../words/coded.js";
import { AdminElement } from "./admin-element.js";

/** Drawing thousands of people at once would be slow, and nobody reads them. */
const AT_FIRST = 100;

type Effect = ImpactChange["effect"];

/** Whether somebody would no longer have the highest role of the workspace. */
export function losesTopRole({ topRoleLost }: ImpactChange): boolean {
  return topRoleLost === true;
}

/** Who would gain or lose what, as it becomes known; whoever loses the highest role stands first. */
@customElement("people-impact")
export class PeopleImpact extends AdminElement {
  static override styles = [
    shared,
    admin,
    accessStyles,
    css`
      progress {
        width: 100%;
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

      li.top {
        padding-inline: var(--wa-space-s);
        border-inline-start: 3px solid var(--gs-error);
        background: var(--gs-error-fill);
      }

      @media (min-width: 40rem) {
        li {
          grid-template-columns: minmax(0, 2fr) 5rem minmax(0, 3fr);
          align-items: baseline;
        }
      }
    `,
  ];

  @property({ attribute: false }) impact!: ImpactState;

  @state() private effect: Effect | "" = "";
  @state() private workspace = "";
  @state() private search = "";
  @state() private shown = AT_FIRST;

  override render() {
    const m = messages().impact;
    const { start, changes, done, summary, failure } = this.impact;
    const total = start?.users ?? 0;
    return html`
      ${
        failure
          ? html`<p class="note error" role="alert">
              ${m.failed} <span lang="en">${coded(failure.message)}.</span>
            </p>`
          : html`<progress max=${Math.max(total, 1)} .value=${summary ? Math.max(total, 1) : done} aria-label=${m.progress}></progress>
              <p class="quiet" role="status">${summary ? this.#total() : m.running(done, total)}</p>`
      }
      ${summary && start && start.withoutClaims > 0 ? html`<p class="quiet">${m.withoutClaims(start.withoutClaims)}</p>` : nothing}
      ${changes.length > 0 ? this.#list() : nothing}
    `;
  }

  #total(): string {
    const { start, changes } = this.impact;
    const people = new Set(changes.map(({ user }) => user.id)).size;
    return messages().impact.total(people, start?.users ?? 0);
  }

  #list(): TemplateResult {
    const m = messages().impact;
    const { changes } = this.impact;
    const wanted = this.search.trim().toLocaleLowerCase();
    const found = changes.filter(
      ({ effect, workspace, user }) =>
        (this.effect === "" || effect === this.effect) &&
        (this.workspace === "" || workspace === this.workspace) &&
        `${user.name ?? ""}\n${user.email ?? ""}`.toLocaleLowerCase().includes(wanted),
    );
    const [losers, others] = [true, false].map((top) => found.filter((change) => losesTopRole(change) === top));
    const sorted = [...(losers ?? []), ...(others ?? [])];
    const count = (effect: Effect) => changes.filter((change) => change.effect === effect).length;
    return html`
      <div class="row filters">
        <label>
          <span class="label">${m.effect}</span>
          <select class="field" @change=${(event: Event) => {
            this.effect = (event.target as HTMLSelectElement).value as Effect | "";
          }}>
            <option value="">${m.all(changes.length)}</option>
            ${(["denied", "loses", "changes", "gains", "admitted"] as const).map(
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
            ${this.impact.start?.workspaces.map(({ id, name }) => html`<option value=${id}>${name}</option>`)}
          </select>
        </label>
        <label>
          <span class="label">${m.search}</span>
          <input class="field" type="search" @input=${(event: Event) => {
            this.search = (event.target as HTMLInputElement).value;
          }} />
        </label>
      </div>
      <ul class="rows" aria-label=${m.people}>
        ${sorted.slice(0, this.shown).map((change) => this.#change(change))}
      </ul>
      ${sorted.length === 0 ? html`<p class="quiet">${m.nobody}</p>` : nothing}
      ${
        sorted.length > this.shown
          ? html`<button class="link" type="button" @click=${() => {
              this.shown += 500;
            }}>${messages().showMore(sorted.length - this.shown)}</button>`
          : nothing
      }
    `;
  }

  #change(change: ImpactChange): TemplateResult {
    const m = messages().impact;
    const { user, workspace, member, effect, before, after } = change;
    return html`
      <li class=${losesTopRole(change) ? "top" : ""}>
        <span class="names">
          ${personName(user)}
          <span class="quiet">${this.app.nameOf(workspace)}${member === "none" ? html`, ${m.notMember}` : nothing}</span>
        </span>
        <span>${effectBadge(effect)}</span>
        ${accessChange(before, after)}
      </li>
    `;
  }
}
