// A choice that differs, in the words of the question that is asked for it.

import type { ChoiceChange, ChoiceValue } from "idp-group-sync";
import { html, type TemplateResult } from "lit";
import { messages } from "../../messages/language.js";
import { type PolicyField, policyFields } from "../../messages/policy-questions.js";

/** What is asked, the answer that holds, and the one that would. */
export function choiceChange({ field, before, after }: ChoiceChange): TemplateResult {
  const asked = policyFields.find((name) => field === `policy.${name}`);
  const said = (value: ChoiceValue) => (asked === undefined ? typed(value) : answerText(asked, value));
  const { claim, policy } = messages();
  const question =
    asked !== undefined ? policy[asked].question : field === "policy.require" ? policy.require.question : claim.title;
  return html`
    <span>${question.endsWith("?") ? question : `${question}:`}</span>
    <b>${said(before)}</b> <span aria-hidden="true">→</span>
    <span class="for-screen-readers">${messages().access.becomes}</span> <b>${said(after)}</b>
  `;
}

function answerText(field: PolicyField, value: ChoiceValue): string {
  const { question, ...answers } = messages().policy[field];
  const [answer] = (answers as Record<string, [answer: string, meaning: string]>)[String(value)] ?? [String(value)];
  return answer;
}

function typed(value: ChoiceValue): TemplateResult {
  if (value === "") return html`${messages().policy.require.anybody}`;
  return html`<code>${typeof value === "string" ? value : JSON.stringify(value)}</code>`;
}
