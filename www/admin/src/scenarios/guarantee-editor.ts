import type { Catalog, Guarantee, GuaranteeResult, Reach } from "idp-group-sync";
import type { Text } from "idp-group-sync-elements/internal/messages/phrases.js";
import { folds, shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { messages } from "../messages/language.js";
import { SpokenElement } from "../shared/elements/spoken-element.js";
import { rolesOf } from "../shared/engine/roles.js";
import { admin } from "../shared/styles/admin.js";
import { brokenText, guaranteeText, proofNotes, proofState } from "../shared/words/guarantees.js";
import { nameField, namesField, removeButton, unfoldable } from "./expectation-parts.js";
import { expectation } from "./expectation-styles.js";

/**
 * One guarantee: whether it holds now, and, unfolded, what it says.
 *
 * @fires guarantee-change - `detail.guarantee` is the new guarantee.
 * @fires guarantee-remove
 */
@customElement("guarantee-editor")
export class GuaranteeEditor extends SpokenElement {
  static override styles = [
    shared,
    folds,
    admin,
    expectation,
    css`
      .broken {
        color: var(--gs-error);
      }

      .says {
        margin-inline-start: 1.75rem;
      }
    `,
  ];

  @property({ attribute: false }) guarantee!: Guarantee;
  /** How it came out; `null` while it cannot be proved. */
  @property({ attribute: false }) result: GuaranteeResult | null = null;
  @property({ attribute: false }) catalog: Catalog = { groups: [] };
  /** Whether it is shown with its form. */
  @property({ type: Boolean }) open = false;

  override render() {
    const m = messages().guarantees;
    const { guarantee, result } = this;
    const held = result === null ? "unknown" : proofState(result);
    const broken = result && brokenText(result);
    const toggle = (open: boolean) => {
      this.open = open;
    };
    return html`
      ${unfoldable({ held, label: m.states[held], name: guarantee.name, open: this.open }, toggle, () => this.#form(broken))}
      ${
        this.open
          ? nothing
          : html`${broken ? html`<p class="differences">${broken}</p>` : nothing}
              <p class="says quiet">${guaranteeText(guarantee)}</p>`
      }
    `;
  }

  #form(broken: Text | null): TemplateResult {
    const m = messages().guarantees;
    const { name, only, never } = this.guarantee;
    const reach = only ?? never ?? { groups: [] };
    return html`
      <div class="form">
        ${broken ? html`<p class="wide broken" role="status">${broken}</p>` : nothing}
        ${nameField(name, (name) => this.#send({ ...this.guarantee, name }))}
        <div class="stack">
          ${this.#target(reach)}
          <label>
            <span class="label">${m.kind}</span>
            <select class="field" @change=${(event: Event) => this.#promise(reach, (event.target as HTMLSelectElement).value)}>
              ${(["only", "never"] as const).map(
                (kind) =>
                  html`<option value=${kind} ?selected=${this.guarantee[kind] !== undefined}>${m.kinds[kind]}</option>`,
              )}
            </select>
          </label>
        </div>
        ${namesField(m.groups, reach.groups, (groups) => this.#promise({ ...reach, groups }))}
        <div class="wide stack">
          ${this.result ? proofNotes(this.result).map((note) => html`<p class="quiet lead">${note}</p>`) : nothing}
          <p class="row">${removeButton(name, () => this.dispatchEvent(new CustomEvent("guarantee-remove")))}</p>
        </div>
      </div>
    `;
  }

  /** The roles and groups of the workspace, and one that is meant without being there. */
  #target(reach: Reach): TemplateResult {
    const m = messages().guarantees;
    const lists: ["role" | "group", string, string[]][] = [
      ["role", m.roles, rolesOf(this.catalog)],
      ["group", m.groupsOfApp, this.catalog.groups.map(({ name }) => name)],
    ];
    return html`
      <label>
        <span class="label">${m.what}</span>
        <select
          class="field"
          @change=${(event: Event) => {
            const { value, selectedOptions } = event.target as HTMLSelectElement;
            const kind = selectedOptions[0]?.dataset.kind === "group" ? "group" : "role";
            this.#promise({ [kind]: value, groups: reach.groups });
          }}
        >
          ${lists.map(([kind, label, names]) => {
            const chosen = reach[kind];
            const all = chosen === undefined || names.includes(chosen) ? names : [...names, chosen];
            return html`<optgroup label=${label}>
              ${all.map((name) => html`<option data-kind=${kind} value=${name} ?selected=${name === chosen}>${name}</option>`)}
            </optgroup>`;
          })}
        </select>
      </label>
    `;
  }

  #promise(reach: Reach, kind: string = this.guarantee.never ? "never" : "only"): void {
    const { name } = this.guarantee;
    this.#send(kind === "never" ? { name, never: reach } : { name, only: reach });
  }

  #send(guarantee: Guarantee): void {
    this.dispatchEvent(new CustomEvent("guarantee-change", { detail: { guarantee } }));
  }
}
