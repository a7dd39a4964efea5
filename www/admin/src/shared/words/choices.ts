// A choice that differs, in the words of the question that is asked for it.

import type { ChoiceChange, ChoiceValue, ClaimOptions } from "idp-group-sync";
import { claimFields } from "idp-group-sync-elements/internal/claim-fields.js";
import { words } from "idp-group-sync-elements/internal/messages/language.js";
import { html, type TemplateResult } from "lit";
import { messages } from "../../messages/language.js";
import { type PolicyField, policyFields } from "../../messages/policy-questions.js";

/** What is asked, the answer that holds, and the one that would. */
export function choiceChange({ field, before, after }: ChoiceChange): TemplateResult {
  const asked = policyFields.find((name) => field === `policy.${name}`);
  const said = (value: ChoiceValue) => {
    if (asked !== undefined) return answerText(asked, value);
    return field === "claim" ? claimText(value as ClaimOptions) : typed(String(value));
  };
  const { claim, labelled, policy } = messages();
  const question =
    asked !== undefined ? policy[asked].question : field === "policy.require" ? policy.require.question : claim.title;
  return html`
    <span>${question.endsWith("?") ? question : labelled(question)}</span>
    <b>${said(before)}</b> <span aria-hidden="true">→</span>
    <span class="for-screen-readers">${messages().access.becomes}</span> <b>${said(after)}</b>
  `;
}

function answerText(field: PolicyField, value: ChoiceValue): string {
  const { question, ...answers } = messages().policy[field];
  const [answer] = (answers as Record<string, [answer: string, meaning: string]>)[String(value)] ?? [String(value)];
  return answer;
}

function typed(value: string): TemplateResult {
  return value === "" ? html`${messages().policy.require.anybody}` : html`<code>${value}</code>`;
}

/** The claim's name, and how it is read; what the page has no fields for, as it is stored. */
function claimText(claim: ClaimOptions): TemplateResult {
  const { name, delimiter, item, ...rest } = claimFields(claim) ?? { name: "", rest: true };
  if (Object.keys(rest).length > 0) return html`<code>${JSON.stringify(claim)}</code>`;
  const m = words().claim;
  const how = [
    ...(delimiter === undefined ? [] : [html`${m.delimiter} <code>${delimiter}</code>`]),
    ...(item === undefined
      ? []
      : [
          html`${m.item} ${typeof item === "object" ? html`${m.items.field} <code>${item.field}</code>` : m.items[item]}`,
        ]),
  ];
  return html`<code>${name}</code>${how.length > 0 ? html` (${how.map((one, place) => html`${place > 0 ? "; " : ""}${one}`)})` : ""}`;
}
