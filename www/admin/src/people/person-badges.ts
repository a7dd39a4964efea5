// What somebody is besides an ordinary user, as badges.

import { html, nothing, type TemplateResult } from "lit";
import type { User } from "../backend/answers.js";
import { messages } from "../messages/language.js";

export function personBadges({ status, archivedBySync, superAdmin, exempt }: User): TemplateResult {
  const m = messages().peopleView.badges;
  const archived = archivedBySync ? m.archivedBySync : m.archivedByHand;
  return html`${status === "archived" ? html`<span class="badge bad">${archived}</span>` : nothing}${
    status === "invited" ? html`<span class="badge doubt">${m.invited}</span>` : nothing
  }${superAdmin ? html`<span class="badge own">${m.superAdmin}</span>` : nothing}${
    exempt ? html`<span class="badge good">${m.exempt}</span>` : nothing
  }`;
}
