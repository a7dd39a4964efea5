import type { Catalog, ScenarioResult } from "idp-group-sync";
import { jwtClaims, readClaimsText } from "idp-group-sync-elements/internal/pages/claims-text.js";
import { folds, shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { messages } from "../messages/language.js";
import { SpokenElement } from "../shared/elements/spoken-element.js";
import { rolesOf } from "../shared/engine/roles.js";
import type { EditedScenario } from "../shared/state/kept-scenarios.js";
import { admin } from "../shared/styles/admin.js";
import { differenceText } from "../shared/words/differences.js";
import { nameField, namesField, removeButton, unfoldable } from "./expectation-parts.js";
import { expectation } from "./expectation-styles.js";

type Expect = EditedScenario["expect"];
const outcomes = ["resolved", "no-match", "keep", "deny"] as const;

/**
 * One scenario: how it comes out now, and, unfolded, what it says.
 *
 * @fires scenario-change - `detail.scenario` is the new scenario.
 * @fires scenario-remove
 */
@customElement("scenario-editor")
export class ScenarioEditor extends SpokenElement {
  static override styles = [
    shared,
    folds,
    admin,
    expectation,
    css`
      .checks {
        display: grid;
        gap: var(--wa-space-2xs);
        max-height: 12rem;
        margin-block-start: var(--wa-space-2xs);
        overflow-y: auto;
      }

      .checks label {
        display: flex;
        gap: var(--wa-space-xs);
        align-items: center;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) scenario!: EditedScenario;
  /** How it came out; `null` while it cannot be run. */
  @property({ attribute: false }) result: ScenarioResult | null = null;
  @property({ attribute: false }) catalog: Catalog = { groups: [] };
  /** Whether it is shown with its form. */
  @property({ type: Boolean }) open = false;

  override render() {
    const m = messages().scenarios;
    const { scenario, result } = this;
    const held = result === null ? "unknown" : result.passed ? "green" : "red";
    const toggle = (open: boolean) => {
      this.open = open;
    };
    return html`
      ${unfoldable({ held, label: m.states[held], name: scenario.name, open: this.open }, toggle, () => this.#form())}
      ${result && result.differences.length > 0 ? html`<div class="differences">${result.differences.map((difference) => html`<p>${differenceText(difference)}</p>`)}</div>` : nothing}
    `;
  }

  #form(): TemplateResult {
    const { scenario } = this;
    return html`
      <div class="form">
        ${nameField(scenario.name, (name) => this.#change({ name }))}
        <div>
          ${scenario.claims === undefined ? this.#groups() : this.#claims(scenario.claims)} ${this.#membership()}
        </div>
        <div>${this.#expect()}</div>
        <p class="wide row">
          ${removeButton(scenario.name, () => this.dispatchEvent(new CustomEvent("scenario-remove")))}
        </p>
      </div>
    `;
  }

  #groups(): TemplateResult {
    const m = messages().scenarios;
    return html`
      ${namesField(m.groups, this.scenario.groups ?? [], (groups) => this.#change({ groups }))}
      <button class="link quiet" type="button" @click=${() => this.#useClaims()}>${m.useClaims}</button>
    `;
  }

  #claims(claims: object): TemplateResult {
    const m = messages().scenarios;
    return html`
      <label>
        <span class="label">${m.claims}</span>
        <textarea
          class="field"
          rows="5"
          spellcheck="false"
          aria-invalid=${this.scenario.claimsText === undefined ? "false" : "true"}
          .value=${this.scenario.claimsText ?? JSON.stringify(claims, null, 2)}
          @input=${(event: Event) => this.#typeClaims(event.target as HTMLTextAreaElement)}
        ></textarea>
      </label>
      ${this.scenario.claimsText === undefined ? nothing : html`<p class="note error" role="alert">${m.noJson}</p>`}
      <button class="link quiet" type="button" @click=${() => this.#useGroups()}>${m.useGroups}</button>
    `;
  }

  #membership(): TemplateResult | typeof nothing {
    const m = messages().scenarios;
    const { membership } = this.scenario;
    if (!membership) return nothing;
    return html`
      <p class="lead">${m.membership(
        membership.role,
        membership.groups.map(({ name }) => name),
      )}</p>
      <button class="link quiet" type="button" @click=${() => this.#send(without(this.scenario, "membership"))}>${m.noMembership}</button>
    `;
  }

  #expect(): TemplateResult {
    const m = messages().scenarios;
    const { role, groups, outcome } = this.scenario.expect;
    const roleValue = role === undefined ? "" : role === null ? "none" : `role ${role}`;
    return html`
      <div class="stack">
        <label>
          <span class="label">${m.expectRole}</span>
          <select
            class="field"
            @change=${(event: Event) => {
              const { value } = event.target as HTMLSelectElement;
              this.#expecting("role", value === "" ? undefined : value === "none" ? null : value.slice("role ".length));
            }}
          >
            ${[
              ["", m.notChecked] as const,
              ...rolesOf(this.catalog).map((name) => [`role ${name}`, name] as const),
              ["none", m.noRole] as const,
            ].map(([value, name]) => html`<option value=${value} ?selected=${value === roleValue}>${name}</option>`)}
          </select>
        </label>
        <label>
          <span class="label">${m.expectOutcome}</span>
          <select
            class="field"
            @change=${(event: Event) => {
              const { value } = event.target as HTMLSelectElement;
              this.#expecting(
                "outcome",
                outcomes.find((name) => name === value),
              );
            }}
          >
            <option value="">${m.notChecked}</option>
            ${outcomes.map((name) => html`<option value=${name} ?selected=${name === outcome}>${m.outcomes[name]}</option>`)}
          </select>
        </label>
        <fieldset>
          <legend>${m.expectGroups}</legend>
          <label class="row">
            <input
              type="checkbox"
              .checked=${groups !== undefined}
              @change=${(event: Event) => this.#expecting("groups", (event.target as HTMLInputElement).checked ? [] : undefined)}
            />
            ${m.exactly}
          </label>
          ${groups === undefined ? nothing : html`<div class="checks">${this.#choices(groups)}</div>`}
        </fieldset>
      </div>
    `;
  }

  /** The groups of the workspace, and those that are expected without being there. */
  #choices(groups: string[]): TemplateResult[] {
    const names = [...new Set([...this.catalog.groups.map(({ name }) => name), ...groups])];
    return names.map(
      (name) => html`
        <label>
          <input
            type="checkbox"
            .checked=${groups.includes(name)}
            @change=${(event: Event) => {
              const { checked } = event.target as HTMLInputElement;
              this.#expecting("groups", checked ? [...groups, name] : groups.filter((other) => other !== name));
            }}
          />
          ${name}
        </label>
      `,
    );
  }

  #expecting<Name extends keyof Expect>(name: Name, value: Expect[Name] | undefined): void {
    const { expect } = this.scenario;
    this.#change({ expect: value === undefined ? without(expect, name) : { ...expect, [name]: value } });
  }

  #useClaims(): void {
    const { groups = [], ...others } = this.scenario;
    this.#send({ ...others, claims: { groups } });
  }

  #useGroups(): void {
    const { claims: _, claimsText: __, ...others } = this.scenario;
    this.#send({ ...others, groups: this.result?.resolution.claim.groups ?? [] });
  }

  #typeClaims(field: HTMLTextAreaElement): void {
    const text = jwtClaims(field.value) ?? field.value;
    if (text !== field.value) field.value = text;
    const read = readClaimsText(text);
    if (read.ok) this.#send({ ...without(this.scenario, "claimsText"), claims: read.claims });
    else this.#change({ claimsText: text });
  }

  #change(fields: Partial<EditedScenario>): void {
    this.#send({ ...this.scenario, ...fields });
  }

  #send(scenario: EditedScenario): void {
    this.dispatchEvent(new CustomEvent("scenario-change", { detail: { scenario } }));
  }
}

function without<Value extends object, Name extends keyof Value>(value: Value, name: Name): Omit<Value, Name> {
  const { [name]: _, ...others } = value;
  return others;
}
