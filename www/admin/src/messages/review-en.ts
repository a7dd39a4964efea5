import { html } from "lit";
import { code, codes, count, type Text } from "./words-en.js";

// English: what unsaved changes come to, and what is asked before they are saved.

export const impactEn = {
  progress: "People gone through",
  running: (done: number, all: number) =>
    `${done.toLocaleString("en")} of ${count(all, "person", "people")} gone through…`,
  total: (affected: number, all: number) =>
    affected === 0
      ? `Nobody of ${count(all, "known person", "known people")} would have anything else after their next login.`
      : `${affected.toLocaleString("en")} of ${count(all, "known person", "known people")} would have something else after their next login.`,
  withoutClaims: (people: number) =>
    `${count(people, "person has", "people have")} not signed in with single sign-on yet, so nothing is known about them.`,
  off: "With Group Sync off, logins change nothing: everybody keeps what they have.",
  failed: "Who is affected could not be found out.",
  effect: "Effect",
  all: (changes: number) => `all (${changes.toLocaleString("en")})`,
  workspace: "Workspace",
  everyWorkspace: "all",
  search: "Name or e-mail address",
  people: "Who is affected",
  groups: {
    denied: (people: number) => `Would be refused (${people.toLocaleString("en")})`,
    topRole: (people: number) => `Would no longer have the highest role (${people.toLocaleString("en")})`,
    others: (people: number) => `Everybody else who is affected (${people.toLocaleString("en")})`,
  },
  login: "the whole login",
  refusedFor: (reason: string): Text => html`Refused: ${reason}`,
  wasRefusedFor: (reason: string): Text => html`Refused until now: ${reason}`,
  notSynced: "not synced",
  keeps: (names: string[]): Text => html`Keeps ${codes(names)}.`,
  staysOut: "Stays outside." as Text,
  wouldHave: (names: string[]): Text => html`A login until now would have come to ${codes(names)}.`,
  wouldBeRefused: "A login until now would have been refused." as Text,
  nobody: "Nobody fits these filters.",
  notMember: "not a member yet",
};

export const reviewEn = {
  changes: "Your changes",
  rules: "What becomes of the rules",
  people: "Who is affected",
  save: "Save",
  back: "Back",
  waiting: "As soon as everybody has been gone through.",
  nothing: "Nothing to save",
  nothingHint: "What you change shows here first: what becomes of the rules, and who is affected.",
  saved: (version: number) => `Saved as version ${version}`,
  savedHint: "It holds from the next login on.",
  notSaved: "Not saved.",
  perhapsSaved: "It is not known whether this was saved. Save again to find out.",
  refused: "These changes do not fit on what has been saved in the meantime, and were left out:",
  harm: (people: number, topRole: boolean) =>
    `${count(people, "person", "people")} would be refused${topRole ? ", or no longer have the highest role" : ""}.`,
  losesTopRole: (people: number, role: string): Text =>
    html`${count(people, "person loses", "people lose")} the role ${code(role)}.`,
  typeToSave: (word: string): Text => html`Type ${code(word)} to save anyway.`,
  unconfirmed: "Nothing was saved: it concerns other people than were shown.",
  unknown: "Nobody knows who would be refused, or lose the highest role.",
  unknownWord: "unknown",
  warnings: "Save anyway?",
  anyway: "Save anyway",
};
