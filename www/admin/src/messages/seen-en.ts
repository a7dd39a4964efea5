// What the identity provider really sends: in English.

import type { TemplateResult } from "lit";
import { html } from "lit";
import { count, type Text } from "./words-en.js";

export const seenEn = {
  seen: {
    title: "Groups seen in sign-ins",
    summary: (groups: number, tokens: number): string =>
      `${count(groups, "group", "groups")} in ${count(tokens, "token", "tokens")}.`,
    nobody:
      "Nobody has signed in with single sign-on yet. After the first sign-in, its groups appear here, ready to map.",
    noGroups: (tokens: number): string => `0 groups in ${count(tokens, "token", "tokens")}. Check the claim.`,
    unmapped: (groups: number) => `${count(groups, "group does", "groups do")} nothing yet`,
    allMapped: (groups: number): string => (groups === 1 ? "The group is mapped." : `All ${groups} groups are mapped.`),
    mapped: (groups: number) => `${count(groups, "group is", "groups are")} mapped`,
    people: (people: number) => count(people, "person", "people"),
    last: (when: string) => `last on ${when}`,
    byName: "by its name",
    notSaved: "not saved yet",
    mapTo: (target: TemplateResult): Text => html`Map to ${target}`,
    map: "Map to…",
    mapGroup: (group: string) => `Map ${group} to`,
    target: "Role or group",
    add: "Map",
    label: "Label",
    labelOf: (group: string) => `Label of ${group}`,
    labelHint: "Shown wherever the group is. Saved at once.",
    saveLabel: "Save label",
    manyLabels: "Label many at once",
    manyLabelsHint: "Paste two columns, as your directory exports them: the id of a group, and its name.",
    saveLabels: "Save labels",
    labelsSaved: (labels: number) => `${count(labels, "label", "labels")} saved.`,
    noLabels: "0 labels found. Each line needs an id, a comma or a tab, and a name.",
    unmet: (sources: number, tokens: number) =>
      `${count(sources, "source", "sources")} in 0 of ${count(tokens, "token", "tokens")} of the last 90 days`,
    unmetHint: "Nobody who signed in lately has them. A typo, or a group that is gone?",
    line: (line: number) => `line ${line}`,
  },
};
