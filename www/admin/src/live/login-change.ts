// What a login changes, in a few words: "builder → end-user, loses sales". What it changes is the engine's to say.

import type { Text } from "idp-group-sync-elements/internal/messages/phrases.js";
import { html, nothing, type TemplateResult } from "lit";
import type { Preview } from "../backend/answers.js";
import { messages } from "../messages/language.js";
import type { LoginPreview } from "../shared/state/login-previews.js";
import { blockedText, type Plan, reasonText } from "../shared/words/plans.js";

export interface LoginChange {
  kind: "unchanged" | "change" | "refused" | "unknown";
  /** One for each workspace in which something changes, or one that says what is so altogether. */
  lines: { workspace: string | null; what: Text }[];
}

export function loginChange({ preview, failure }: LoginPreview): LoginChange {
  const m = messages().live;
  if (failure) {
    const texts: Record<string, string> = { "not-found": m.gone, "no-known-claims": messages().preview.noKnownClaims };
    return { kind: "unknown", lines: [{ workspace: null, what: texts[failure.code] ?? failure.message }] };
  }
  const { outcome, workspaces } = preview;
  if (!outcome.allowed) {
    const what = m.refused(outcome.reason === undefined ? "" : reasonText(outcome.reason));
    return { kind: "refused", lines: [{ workspace: null, what }] };
  }
  const lines = workspaces.flatMap(({ id, name }) => {
    const what = planChange(planIn(preview, id));
    return what === null ? [] : [{ workspace: workspaces.length > 1 ? name : null, what }];
  });
  if (lines.length === 0) return { kind: "unchanged", lines: [{ workspace: null, what: m.unchanged }] };
  return { kind: "change", lines };
}

export function planIn({ outcome }: Preview, workspace: string): Plan | undefined {
  return outcome.workspaces.find(({ id }) => id === workspace)?.plan;
}

/** `null` where nothing changes. */
function planChange(plan: Plan | undefined): Text | null {
  const m = messages().live;
  if (!plan || plan.status === "unchanged" || plan.status === "skipped") return null;
  if (plan.status === "denied") return m.denied;
  const { role, join, leave, blocked } = plan;
  const parts: Text[] = [];
  if (role.from === null) parts.push(m.gets(role.to));
  else if (role.from !== role.to) parts.push(becomes(role.from, role.to));
  if (join.length > 0) parts.push(m.joins(join));
  if (leave.length > 0) parts.push(m.loses(leave));
  return html`${parts.map((part, index) => html`${index > 0 ? ", " : nothing}${part}`)}${blocked.map((one) => html` ${blockedText(one)}`)}`;
}

function becomes(from: string, to: string): TemplateResult {
  const { becomes } = messages().live;
  return html`<code>${from}</code> <span aria-hidden="true">→</span><span class="for-screen-readers">${becomes}</span> <code>${to}</code>`;
}
