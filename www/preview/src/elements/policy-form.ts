import "@awesome.me/webawesome/dist/components/input/input.js";
import "@awesome.me/webawesome/dist/components/option/option.js";
import "@awesome.me/webawesome/dist/components/select/select.js";
import type WaInput from "@awesome.me/webawesome/dist/components/input/input.js";
import type WaSelect from "@awesome.me/webawesome/dist/components/select/select.js";
import type { Policy } from "idp-group-sync";
import { followLanguage } from "idp-group-sync-elements/internal/messages/language.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import { messages } from "../messages/language.js";

type Field = "matchByName" | "noMatch" | "missingClaim" | "unreadableClaim" | "roleWithoutRoleGroup";

/** What each question may be answered with, as text. The first is the engine's default. */
const questions: Record<Field, string[]> = {
  matchByName: ["true", "groups-only", "false"],
  noMatch: ["default-role", "keep", "deny"],
  missingClaim: ["no-groups", "keep", "deny"],
  unreadableClaim: ["keep", "deny"],
  roleWithoutRoleGroup: ["infer", "keep-manual", "keep"],
};

/**
 * The part of the policy that a preview can show.
 *
 * @fires policy-change - `detail.policy` is the new policy.
 */
@customElement("policy-form")
export class PolicyForm extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(12rem, 100%), 1fr));
        gap: var(--gs-space-s);
      }
    `,
  ];

  /** The policy to edit. Fields that the form does not ask for are kept. */
  @property({ attribute: false }) policy: Policy = {};

  constructor() {
    super();
    followLanguage(this);
  }

  override render() {
    const { label, hint } = messages().policy.require;
    const require = html`
      <wa-input
        size="s"
        label=${label}
        placeholder=${hint}
        spellcheck="false"
        autocapitalize="off"
        .value=${this.policy.require ?? ""}
        @change=${(event: Event) => this.#require((event.target as WaInput).value ?? "")}
      ></wa-input>
    `;
    const choices = Object.entries(questions).map(([name, values]) => {
      const field = name as Field;
      const { label, answers }: { label: string; answers: Record<string, string> } = messages().policy[field];
      return html`
        <wa-select
          size="s"
          label=${label}
          .value=${String(this.policy[field] ?? values[0])}
          @change=${(event: Event) => this.#answer(field, (event.target as WaSelect).value as string)}
        >
          ${values.map((value) => html`<wa-option value=${value}>${answers[value]}</wa-option>`)}
        </wa-select>
      `;
    });
    return [require, choices];
  }

  #require(require: string): void {
    const { require: _, ...others } = this.policy;
    this.#dispatch(require === "" ? others : { ...others, require });
  }

  #answer(field: Field, answer: string): void {
    const { [field]: _, ...others } = this.policy;
    const value = answer === "true" ? true : answer === "false" ? false : answer;
    this.#dispatch(answer === questions[field][0] ? others : { ...others, [field]: value });
  }

  #dispatch(policy: Policy): void {
    this.dispatchEvent(new CustomEvent("policy-change", { detail: { policy } }));
  }
}
