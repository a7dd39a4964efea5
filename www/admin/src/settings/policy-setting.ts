import "@awesome.me/webawesome/dist/components/input/input.js";
import type WaInput from "@awesome.me/webawesome/dist/components/input/input.js";
import type { Policy } from "idp-group-sync";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { messages } from "../messages/language.js";
import { type PolicyField, policyAnswers, policyFields } from "../messages/policy-questions.js";
import { SpokenElement } from "../shared/elements/spoken-element.js";
import type { Rejection } from "../shared/state/draft.js";
import { admin } from "../shared/styles/admin.js";
import { rejectionText } from "../shared/words/rejections.js";

/**
 * The admin's choices for what a mapping leaves open, in plain words.
 *
 * @fires policy-change - `detail.policy` is the new policy. Only what was chosen is in it.
 */
@customElement("policy-setting")
export class PolicySetting extends SpokenElement {
  static override styles = [
    shared,
    admin,
    css`
      :host {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr));
        gap: var(--wa-space-m) var(--wa-space-l);
      }

      fieldset {
        display: grid;
        gap: var(--wa-space-2xs);
        align-content: start;
      }

      legend {
        margin-block-end: var(--wa-space-2xs);
      }

      label {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 0 var(--wa-space-xs);
        align-items: baseline;
      }

      label input {
        translate: 0 0.15em;
      }

      label .quiet {
        grid-column: 2;
      }
    `,
  ];

  /** The policy to edit. */
  @property({ attribute: false }) policy: Policy = {};
  /** Whether it is only shown. */
  @property({ type: Boolean }) locked = false;

  /** Why the engine refuses the policy as it was last changed. */
  @property({ attribute: false }) rejection: Rejection | undefined;

  override render() {
    return [this.#requirement(), policyFields.map((field) => this.#question(field))];
  }

  #requirement() {
    const { question, help, anybody } = messages().policy.require;
    return html`
      <fieldset ?disabled=${this.locked}>
        <wa-input
          size="s"
          label=${question}
          hint=${help}
          placeholder=${anybody}
          spellcheck="false"
          autocapitalize="off"
          ?disabled=${this.locked}
          .value=${this.policy.require ?? ""}
          @change=${(event: Event) => this.#choose("require", (event.target as WaInput).value ?? "", !(event.target as WaInput).value)}
        ></wa-input>
        ${this.rejection ? html`<p class="note error" role="alert">${rejectionText(this.rejection)}</p>` : nothing}
      </fieldset>
    `;
  }

  #question(field: PolicyField) {
    const { question, ...answers } = messages().policy[field];
    const meanings: Record<string, [answer: string, meaning: string]> = answers;
    const values: readonly (string | boolean)[] = policyAnswers[field];
    const chosen = this.policy[field] ?? values[0];
    return html`
      <fieldset ?disabled=${this.locked}>
        <legend>${question}</legend>
        ${values.map((value, index) => {
          const [answer, meaning] = meanings[String(value)] ?? ["", ""];
          return html`
            <label>
              <input
                type="radio"
                name=${field}
                value=${String(value)}
                .checked=${value === chosen}
                @change=${() => this.#choose(field, value, index === 0)}
              />
              <span>
                ${answer}
                ${index === 0 ? html`<span class="badge">${messages().policies.default}</span>` : nothing}
              </span>
              <span class="quiet">${meaning}</span>
            </label>
          `;
        })}
      </fieldset>
    `;
  }

  /** Only what was chosen is kept: a default that is chosen is no longer a choice, and so follows the engine. */
  #choose(field: PolicyField | "require", value: string | boolean, isDefault: boolean): void {
    const { [field]: _, ...others } = this.policy;
    const policy = isDefault ? others : { ...others, [field]: value };
    this.dispatchEvent(new CustomEvent("policy-change", { detail: { policy } }));
  }
}
