import { html, type TemplateResult } from "lit";
import { code, codes, type Text } from "./words-en.js";

/** Guarantees in English. */
export const guaranteesEn = {
  guarantees: {
    title: "Guarantees",
    hint: "What holds for everybody, whatever groups they have. The engine proves it as you type in the mapping, or finds somebody who breaks it.",
    none: "No guarantee yet.",
    add: "Add a guarantee",
    newName: "New guarantee",
    what: "Role or group",
    roles: "Roles, and each higher one",
    groupsOfApp: "Groups",
    kind: "Who reaches it",
    kinds: { only: "Only people in one of these groups", never: "Nobody in one of these groups" },
    groups: "IdP groups, one per line",
    states: { green: "holds", red: "does not hold", unknown: "not proved" },
    /** What it says, in one line. */
    says: {
      only: (target: string, groups: string[]): Text =>
        groups.length === 0
          ? html`Nobody reaches ${code(target)}`
          : html`Only people in ${codes(groups)} reach ${code(target)}`,
      never: (target: string, groups: string[]): Text => html`Nobody in ${codes(groups)} reaches ${code(target)}`,
    },
    /** Somebody who breaks it, in one sentence. */
    breaks: (who: Text, does: Text, by: Text, raised: Text): Text => html`${who} ${does}${by}${raised}.`,
    nobodyInGroups: "A user without groups",
    somebodyIn: (groups: string[]): Text =>
      html`A user in ${groups.map((name, index) => html`${index > 0 ? " and " : ""}${code(name)}`)} alone`,
    becomes: (role: string): Text => html`becomes ${code(role)}`,
    joins: (group: string): Text => html`joins ${code(group)}`,
    hasLowest: "has the lowest role",
    byLine: (line: number): string => `, by line ${line}`,
    byName: ", by its name",
    raisedTo: (role: string): Text => html`, which makes the user ${code(role)}`,
    unknown: "No counterexample was found, and a full proof would take too long.",
    unnamed: (groups: string[]): Text =>
      html`Check the spelling: neither the mapping nor the application names ${codes(groups)}.`,
    outside: (questions: string[]): TemplateResult =>
      html`It speaks of what a token gives. These choices can let somebody keep more: ${questions.join(" · ")}`,
  },
};
