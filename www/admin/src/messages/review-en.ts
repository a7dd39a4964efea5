import { html } from "lit";
import { code, codes, count, type Text } from "./words-en.js";

// English: what unsaved changes come to, and what is asked before they are saved.

export const impactEn = {
  progress: "People checked",
  running: (done: number, all: number) => `${done.toLocaleString("en")} of ${count(all, "person", "people")} checked…`,
  total: (affected: number, all: number) =>
    affected === 0
      ? `0 of ${count(all, "known person", "known people")} would change at their next login.`
      : `${affected.toLocaleString("en")} of ${count(all, "known person", "known people")} would change at their next login.`,
  withoutClaims: (people: number) =>
    `${count(people, "person has", "people have")} not signed in with single sign-on yet, so nothing is known about them.`,
  off: "With Group Sync off, logins change nothing: everybody keeps what they have.",
  failed: "Cannot tell who is affected.",
  effect: "Effect",
  all: (changes: number) => `all (${changes.toLocaleString("en")})`,
  workspace: "Workspace",
  everyWorkspace: "all",
  search: "Name or e-mail address",
  people: "Who is affected",
  groups: {
    denied: (people: number) => `Would be refused (${people.toLocaleString("en")})`,
    topRole: (people: number) => `Would lose the highest role (${people.toLocaleString("en")})`,
    others: (people: number) => `Others who are affected (${people.toLocaleString("en")})`,
  },
  login: "the whole login",
  refusedFor: (reason: string): Text => html`Refused: ${reason}`,
  wasRefusedFor: (reason: string): Text => html`Refused until now: ${reason}`,
  notSynced: "not synced",
  keeps: (names: string[]): Text => html`Keeps ${codes(names)}.`,
  staysOut: "Stays outside." as Text,
  wouldHave: (names: string[]): Text => html`A login until now would have given ${codes(names)}.`,
  wouldBeRefused: "A login until now would have been refused." as Text,
  nobody: "No people match these filters.",
  notMember: "not a member yet",
};

export const reviewEn = {
  changes: "Your changes",
  rules: "What logins do differently",
  people: "Who is affected",
  save: "Save",
  back: "Back",
  waiting: "Available once everybody is checked.",
  nothing: "Nothing to save",
  nothingHint: "Your changes show here first: what logins do differently, and who is affected.",
  saved: (version: number) => `Saved as version ${version}`,
  savedHint: "It applies from the next login on.",
  notSaved: "Not saved.",
  perhapsSaved: "This may have been saved. Save again to find out.",
  refused: "These changes conflict with what was saved meanwhile, and were left out:",
  harm: (people: number, topRole: boolean) =>
    `${count(people, "person", "people")} would be refused${topRole ? ", or lose the highest role" : ""}.`,
  losesTopRole: (people: number, role: string): Text =>
    html`${count(people, "person loses", "people lose")} the role ${code(role)}.`,
  typeToSave: (word: string): Text => html`Type ${code(word)} to save anyway.`,
  unconfirmed: "Not saved: the people affected have changed since they were shown.",
  unknown: "Cannot tell who would be refused, or lose the highest role.",
  unknownWord: "unknown",
  warnings: "Save anyway?",
  anyway: "Save anyway",
};
