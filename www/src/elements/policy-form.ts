import "@awesome.me/webawesome/dist/components/option/option.js";
import "@awesome.me/webawesome/dist/components/select/select.js";
import type WaSelect from "@awesome.me/webawesome/dist/components/select/select.js";
import type { Policy } from "idp-group-sync";
import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import { shared } from "../styles/shared.js";

interface Question {
  field: "matchByName" | "noMatch" | "missingClaim" | "unreadableClaim" | "roleWithoutRoleGroup";
  label: string;
  /** Value as text, and what it means. The first is the engine's default. */
  answers: [value: string, meaning: string][];
}

const questions: Question[] = [
  {
    field: "matchByName",
    label: "Match groups by name",
    answers: [
      ["true", "roles and groups"],
      ["groups-only", "groups only"],
      ["false", "never"],
    ],
  },
  {
    field: "noMatch",
    label: "When nothing matches",
    answers: [
      ["default-role", "give the lowest role"],
      ["keep", "change nothing"],
      ["deny", "refuse"],
    ],
  },
  {
    field: "missingClaim",
    label: "When the claim is missing",
    answers: [
      ["no-groups", "treat it as empty"],
      ["keep", "change nothing"],
      ["deny", "refuse"],
    ],
  },
  {
    field: "unreadableClaim",
    label: "When the claim is unreadable",
    answers: [
      ["keep", "change nothing"],
      ["deny", "refuse"],
    ],
  },
  {
    field: "roleWithoutRoleGroup",
    label: "When no group grants a role",
    answers: [
      ["infer", "work it out from the groups"],
      ["promote-only", "never lower the present role"],
      ["keep", "keep the present role"],
    ],
  },
];

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
        gap: var(--wa-space-s);
      }
    `,
  ];

  /** The policy to edit. Fields that the form does not ask for are kept. */
  @property({ attribute: false }) policy: Policy = {};

  override render() {
    return questions.map(
      (question) => html`
        <wa-select
          size="s"
          label=${question.label}
          .value=${String(this.policy[question.field] ?? question.answers[0]?.[0])}
          @change=${(event: Event) => this.#answer(question, (event.target as WaSelect).value as string)}
        >
          ${question.answers.map(([value, meaning]) => html`<wa-option value=${value}>${meaning}</wa-option>`)}
        </wa-select>
      `,
    );
  }

  #answer({ field, answers }: Question, answer: string): void {
    const { [field]: _, ...others } = this.policy;
    const value = answer === "true" ? true : answer === "false" ? false : answer;
    const policy = answer === answers[0]?.[0] ? others : { ...others, [field]: value };
    this.dispatchEvent(new CustomEvent("policy-change", { detail: { policy } }));
  }
}
