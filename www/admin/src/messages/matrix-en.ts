// All workspaces at a glance: in English.

import { html } from "lit";
import { code, type Text } from "./words-en.js";

export const matrixEn = {
  matrix: {
    title: "Entries and workspaces",
    back: "← Settings",
    hint: "A tick: the entry holds in that workspace. Take it away or set it, and the workspace goes on following the instance in all else.",
    filter: "Filter entries",
    workspace: "Workspace",
    person: "What one person gets",
    pinned: "Pinned beside the mapping",
    onlyProblems: (problems: number) => `Only problems (${problems.toLocaleString("en")})`,
    page: (first: number, last: number, total: number) =>
      `${first.toLocaleString("en")}–${last.toLocaleString("en")} of ${total.toLocaleString("en")} entries`,
    previous: "Previous entries",
    next: "Next entries",
    nothingFound: "No entry fits.",
    entry: "Entry",
    besides: "Only in some workspaces",
    byEntry: "own entries",
    ownMapping: "own mapping",
    unfinished: "has errors",
    idle: (entry: string): Text => html`Leaves out ${code(entry)}, which the instance no longer has.`,
    forget: "Forget it",
    holdsIn: (entry: string, workspace: string) => `${entry} in ${workspace}`,
    inWorkspace: (workspace: string) => `in ${workspace}`,
    missing: "missing",
    hereAlso: "here also",
    notHere: "not here",
    noRole: "no role",
    grantsPerson: (person: string) => `grants something to ${person}`,
    createGroup: (name: string) => `Create group ${name}`,
    createTitle: (name: string, workspace: string) => `Create the group ${name} in ${workspace}?`,
    createHint: "It is there at once, whether or not you save the settings. Members come with their next sign-in.",
    requires: "Role that members need",
    requiresNone: "none",
    create: "Create",
    created: (name: string, workspace: string) => `The group ${name} is in ${workspace} now.`,
  },
};
