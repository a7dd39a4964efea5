// What the palette finds: views, actions, workspaces, the entries of every mapping, and people.

import { type Entry, parseMapping } from "idp-group-sync";
import type { User } from "../backend/answers.js";
import { messages } from "../messages/language.js";
import type { App } from "../shared/state/app.js";
import { labelOf } from "../shared/state/labels.js";
import { address } from "../shared/state/route.js";
import { personName } from "../shared/words/access.js";
import { commandName, commands, type Page } from "./commands.js";
import { shortcuts } from "./shortcuts.js";

export type Kind = "views" | "actions" | "workspaces" | "entries" | "people";

/** One thing that can be chosen. */
export interface Finding {
  /** Its own among all of them. */
  id: string;
  kind: Kind;
  name: string;
  /** What else it is known by, shown beside it. */
  detail: string;
  keys?: readonly string[];
  run: (page: Page) => void;
}

/** The views and actions that are possible at present. */
export function commandsFound(app: App): Finding[] {
  return commands
    .filter(({ name, possible }) => name !== "palette" && (possible?.(app) ?? true))
    .map(({ name, isView, run }) => {
      const keys = shortcuts.find(({ command }) => command === name)?.keys;
      return {
        id: name,
        kind: isView ? "views" : "actions",
        name: commandName(name),
        detail: "",
        ...(keys && { keys }),
        run,
      };
    });
}

export function workspacesFound(app: App): Finding[] {
  if (!app.draft.settings.enabled) return [];
  return app.draft.settings.workspaces.map(({ id }) => ({
    id: `workspace ${id}`,
    kind: "workspaces",
    name: app.nameOf(id),
    detail: app.nameOf(id) === id ? "" : id,
    run: () => {
      location.hash = address("settings", id);
    },
  }));
}

/** The entries of every mapping as it is typed, and those that only hold in a workspace, in the order of the texts. */
export function entriesFound(app: App): Finding[] {
  const m = messages().palette;
  const { enabled, mapping, workspaces } = app.draft.typed;
  if (!enabled) return [];
  const texts = [
    { scope: null, where: messages().settings.instance, text: mapping },
    ...workspaces.map((own) => ({
      scope: own.id,
      where: app.nameOf(own.id),
      text: own.mapping ?? own.entries?.add ?? "",
    })),
  ];
  return texts.flatMap(({ scope, where, text }) =>
    parseMapping(text).entries.map((entry) => ({
      id: `entry ${scope ?? ""} ${entry.span.start}`,
      kind: "entries" as const,
      name: text.slice(entry.span.start, entry.span.end),
      detail: [...labelsOf(entry), m.line(where, entry.span.line)].join(" · "),
      run: () => app.openEntry(scope, entry.span),
    })),
  );
}

export function peopleFound(app: App, users: readonly User[]): Finding[] {
  return users.map((user) => ({
    id: `person ${user.id}`,
    kind: "people",
    name: personName(user),
    detail: user.name !== null && user.email !== null ? user.email : "",
    run: () => {
      app.trial = { user, claimsText: null };
      app.changed();
      location.hash = address("preview");
    },
  }));
}

/** Those in which each word stands somewhere; those that begin with the whole come first. */
export function matching(findings: readonly Finding[], typed: string): Finding[] {
  const wanted = typed.trim().toLocaleLowerCase();
  const words = wanted.split(/\s+/);
  const found = findings.filter(({ name, detail }) => {
    const text = `${name}\n${detail}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
  const begins = ({ name }: Finding) => (name.toLocaleLowerCase().startsWith(wanted) ? 0 : 1);
  return found.toSorted((a, b) => begins(a) - begins(b));
}

/** What the ids among its sources are called. */
function labelsOf({ source }: Entry): string[] {
  const names = source.terms?.map(({ text }) => text) ?? [source.text];
  return names.flatMap((name) => labelOf(name) ?? []);
}
