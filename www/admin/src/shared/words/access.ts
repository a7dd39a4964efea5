// What somebody has, before and after, as what is added and what is taken away.

import type { Effect } from "idp-group-sync";
import { html, nothing, type TemplateResult } from "lit";
import type { Person } from "../../backend/answers.js";
import { messages } from "../../messages/language.js";

export interface Access {
  role: string | null;
  groups: string[];
}

export function accessChange(before: Access, after: Access): TemplateResult {
  const m = messages().access;
  const added = after.groups.filter((name) => !before.groups.includes(name));
  const taken = before.groups.filter((name) => !after.groups.includes(name));
  const role = (name: string | null) => (name === null ? m.noRole : html`<code>${name}</code>`);
  return html`
    <span class="access">
      ${
        before.role === after.role
          ? nothing
          : html`<span>${messages().labelled(m.role)} ${role(before.role)} <span aria-hidden="true">→</span> <span class="for-screen-readers">${m.becomes}</span> ${role(after.role)}</span>`
      }
      ${added.map((name) => html`<span><span aria-hidden="true">+</span> <span class="for-screen-readers">${m.joins}</span> <code>${name}</code></span>`)}
      ${taken.map((name) => html`<span><span aria-hidden="true">−</span> <span class="for-screen-readers">${m.leaves}</span> <code>${name}</code></span>`)}
    </span>
  `;
}

export function effectBadge(effect: Effect): TemplateResult {
  const kinds = { denied: "bad", admitted: "good", gains: "good", loses: "bad", changes: "doubt" };
  return html`<span class="badge ${kinds[effect]}">${messages().effects[effect]}</span>`;
}

/** A person by name, or else by address. */
export function personName({ id, name, email, emailVerified }: Person): string {
  if (name !== null || email === null) return name ?? `#${id}`;
  return emailVerified ? email : `${email} ${messages().page.unverified}`;
}
