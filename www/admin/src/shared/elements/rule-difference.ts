import {
  diffMappings,
  type GroupSyncConfig,
  GroupSyncError,
  type MappingChange,
  type MappingDiff,
} from "idp-group-sync";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { messages } from "../../messages/language.js";
import { accessStyles } from "../styles/access.js";
import { admin } from "../styles/admin.js";
import { accessChange, effectBadge } from "../words/access.js";
import { choiceChange } from "../words/choices.js";
import { coded } from "../words/coded.js";
import { named } from "../words/groups.js";
import { Printing } from "./printing.js";
import { showAll } from "./show-all.js";
import { SpokenElement } from "./spoken-element.js";

/** A mapping may differ in thousands of names. */
const AT_FIRST = 50;

/** Exactly what one configuration does otherwise than another one, group by group, as the engine says. */
@customElement("rule-difference")
export class RuleDifference extends SpokenElement {
  static override styles = [
    shared,
    admin,
    accessStyles,
    css`
      .choices {
        padding-inline-start: 1.25rem;
        list-style: disc;
      }

      .rows li {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--wa-space-2xs) var(--wa-space-s);
      }

      @media (min-width: 40rem) {
        .rows li {
          grid-template-columns: minmax(0, 2fr) 9.5rem minmax(0, 3fr);
          align-items: baseline;
        }
      }
    `,
  ];

  @property({ attribute: false }) earlier!: GroupSyncConfig;
  @property({ attribute: false }) later!: GroupSyncConfig;

  @state() private all = false;
  readonly #printing = new Printing(this);
  #difference: MappingDiff | null = null;
  #problem: string | null = null;

  override render() {
    const m = messages().difference;
    if (this.#problem !== null) return html`<p class="note warning" lang="en">${coded(this.#problem)}.</p>`;
    if (this.#difference === null) return nothing;
    const { changes, choices, incomplete } = this.#difference;
    return html`
      <div class="stack">
        ${changes.length + choices.length === 0 && !incomplete ? html`<p class="quiet">${m.none}</p>` : nothing}
        ${incomplete ? html`<p class="note warning">${m.incomplete}</p>` : nothing}
        ${choices.length > 0 ? html`<ul class="choices">${choices.map((choice) => html`<li>${choiceChange(choice)}</li>`)}</ul>` : nothing}
        ${this.#changes(changes)}
      </div>
    `;
  }

  #changes(changes: MappingChange[]): TemplateResult | typeof nothing {
    if (changes.length === 0) return nothing;
    const m = messages().difference;
    const groups = new Set(
      changes.filter(({ idpGroup }) => idpGroup !== "").map(({ kind, idpGroup }) => kind + idpGroup),
    ).size;
    const shown = this.all || this.#printing.active ? changes : changes.slice(0, AT_FIRST);
    return html`
      ${groups > 0 ? html`<p class="quiet">${m.count(groups)}</p>` : nothing}
      <ul class="rows">
        ${shown.map((change) => this.#change(change))}
      </ul>
      ${showAll(shown.length, changes.length, () => {
        this.all = true;
      })}
    `;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("earlier") && !changed.has("later")) return;
    this.#difference = null;
    this.#problem = null;
    try {
      this.#difference = diffMappings(this.earlier, this.later);
    } catch (error) {
      if (!(error instanceof GroupSyncError)) throw error;
      this.#problem = error.message;
    }
  }

  #change(change: MappingChange): TemplateResult {
    return html`
      <li>
        <span class="names">${this.#whom(change)}</span>
        <span>${effectBadge(change.effect)}</span>
        ${accessChange(change.before, change.after)}
      </li>
    `;
  }

  #whom({ kind, idpGroup, idpGroups, without = [] }: MappingChange): TemplateResult | string {
    const m = messages().difference;
    const [example = ""] = idpGroups;
    const absent = without.length === 0 ? nothing : html`<span class="quiet">${m.without(without)}</span>`;
    switch (kind) {
      case "name":
        return html`${named(idpGroup)} ${absent}`;
      case "condition":
        return html`${idpGroups.map((name, place) => html`${place > 0 ? " + " : nothing}${named(name)}`)}
          <span class="badge">${m.condition}</span> ${absent}`;
      case "pattern":
        return html`<code>${idpGroup}</code> <span class="badge">${m.pattern}</span>
          ${example === idpGroup ? nothing : html`<span class="quiet">${m.suchAs(example)}</span>`}`;
      case "any-other":
        return html`${m.anyOther} <span class="quiet">${m.suchAs(example)}</span>`;
      case "no-groups":
        return m.noGroups;
    }
  }
}
