// What differs between two versions of the settings, a line each, in the order in which the engine tells it.

import type { EntryChange, EntryDiff, ScopeDiff, SettingsDiff } from "idp-group-sync";
import type { Text } from "idp-group-sync-elements/internal/messages/phrases.js";
import { html, type TemplateResult } from "lit";
import { messages } from "../../messages/language.js";
import type { App } from "../state/app.js";
import { choiceChange } from "./choices.js";
import { entryText, sourceText } from "./groups.js";

/** The lines about the instance (`null`), or about one workspace. */
export interface ScopeLines {
  workspace: string | null;
  lines: Text[];
}

export function settingsDiffLines(app: App, { enabled, defaultWorkspace, scopes }: SettingsDiff): ScopeLines[] {
  const m = messages().changes;
  const instance: Text[] = [];
  if (enabled !== undefined) instance.push(m.enabled(enabled));
  if (defaultWorkspace) {
    const { before, after } = defaultWorkspace;
    instance.push(fromTo(m.defaultWorkspace, html`<b>${app.nameOf(before)}</b>`, html`<b>${app.nameOf(after)}</b>`));
  }
  const all = scopes.map((scope) => ({ workspace: scope.workspace ?? null, lines: scopeLines(scope) }));
  const own = all.find(({ workspace }) => workspace === null);
  const workspaces = all.filter((scope) => scope !== own);
  const lines = [...instance, ...(own?.lines ?? [])];
  return lines.length > 0 ? [{ workspace: null, lines }, ...workspaces] : workspaces;
}

function scopeLines({ listed, enabled, overridden, inherited, choices, entries }: ScopeDiff): Text[] {
  const m = messages().changes;
  return [
    ...(listed === undefined ? [] : [m.listed(listed)]),
    ...(enabled === undefined ? [] : [m.synced(enabled)]),
    ...(overridden ? [m.overridden(overridden)] : []),
    ...(inherited ? [m.inherited(inherited)] : []),
    ...entryLines(entries),
    ...choices.map(choiceChange),
  ];
}

function entryLines({ added, removed, changed, rewritten }: EntryDiff): Text[] {
  const m = messages().changes;
  return [
    ...changed.map(sourceLine),
    ...added.map((entry) => html`${m.added} ${entryText(entry)}`),
    ...removed.map((entry) => html`${m.removed} ${entryText(entry)}`),
    ...(rewritten ? [m.rewritten] : []),
  ];
}

function sourceLine({ source, before, after }: EntryChange): TemplateResult {
  const codes = (names: string[]) => names.map((name, place) => html`${place > 0 ? ", " : ""}<code>${name}</code>`);
  return fromTo(sourceText(source), html`${codes(before)}`, html`${codes(after)}`);
}

function fromTo(what: Text, before: TemplateResult, after: TemplateResult): TemplateResult {
  return html`${messages().labelled(what)} ${before} <span aria-hidden="true">→</span>
    <span class="for-screen-readers">${messages().access.becomes}</span> ${after}`;
}
