// What both sides changed, as a question, and what each made of it.

import type { ClaimOptions } from "idp-group-sync";
import { claimText } from "idp-group-sync-elements/internal/claim-fields.js";
import type { Text } from "idp-group-sync-elements/internal/messages/phrases.js";
import { html } from "lit";
import { messages } from "../messages/language.js";
import { policyAnswers } from "../messages/policy-questions.js";
import type { App } from "../shared/state/app.js";
import type { Own } from "../shared/state/changes.js";
import type { Question, Side } from "../shared/state/merge.js";
import { ownMappingText } from "../shared/words/own-mapping.js";

export function questionText(app: App, { workspace, about }: Question): Text {
  const m = messages().merge;
  const where = workspace === null ? null : app.nameOf(workspace);
  switch (about.kind) {
    case "source":
      return about.of ? m.askEntries[about.of](about.source, where ?? "") : m.askSource(about.source, where);
    case "policy":
      return "field" in about
        ? m.askPolicy(messages().policy[about.field].question, where)
        : m.askField("policy", where);
    case "default-workspace":
      return messages().settings.defaultWorkspace;
    case "listed":
      return m.askListed(where ?? "");
    default:
      return m.askField(about.kind, where);
  }
}

export function sideText(app: App, { about, ...sides }: Question, side: Side): Text {
  const m = messages().merge;
  const value = sides[side];
  if (about.kind === "policy" && "field" in about) {
    if (about.field === "require") return value ? html`<code>${value}</code>` : messages().policy.require.anybody;
    const answers: Record<string, unknown> = messages().policy[about.field];
    const answer = answers[String(value ?? policyAnswers[about.field][0])];
    return Array.isArray(answer) ? String(answer[0]) : String(value);
  }
  if (about.kind === "listed") return value === undefined ? m.notListed : m.listed;
  if (value === undefined) return messages().settings.inherited;
  switch (about.kind) {
    case "source": {
      const entries = value as string[];
      return entries.length === 0 ? m.noEntry : html`${entries.map((entry) => html`<code>${entry}</code><br />`)}`;
    }
    case "claim":
      return html`<code>${claimText(value as ClaimOptions)}</code>`;
    case "mapping":
      return html`<code style="white-space: pre-wrap">${typeof value === "string" ? value : (ownMappingText(value as Own) ?? messages().settings.inherited)}</code>`;
    case "default-workspace":
      return app.nameOf(String(value));
    default:
      return messages().settings.overridden;
  }
}
