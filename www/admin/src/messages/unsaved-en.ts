// What is unsaved, and what may happen to it: in English.

import { html } from "lit";
import { at, code, count, type Field, fields, type Text } from "./words-en.js";

export const unsavedEn = {
  loadFailure: {
    explanation:
      "This part of the page could not be loaded. The connection may be interrupted, or the page has a new version. Your unsaved changes are kept.",
    inVain: (times: number) => `Still no connection (${count(times, "attempt", "attempts")}).`,
  },
  signInAgain: {
    title: "You are no longer signed in",
    hint: "Sign in in the tab that opens, and come back. Your unsaved changes stay here.",
    waiting: "This page continues as soon as you are signed in.",
    notNow: "Not now",
    otherTitle: (name: string) => `You are signed in as ${name}`,
    otherHint: (owner: string) => `The unsaved changes here are by ${owner}, and are kept until they sign in again.`,
    goOnAs: (name: string) => `Continue as ${name}`,
    signInAs: (name: string) => `Sign in as ${name}`,
  },
  unsaved: {
    title: "Unsaved changes",
    count: (changes: number) => count(changes, "unsaved change", "unsaved changes"),
    discard: "Discard",
    review: "Review and save",
    notYet: "needs fixing",
    mendFirst: "Fix the errors first",
    discarded: "Your changes are discarded.",
    undoDiscard: "Undo discarding",
    restored: "Your unsaved changes are back.",
    seen: "Close",
    notKept: "This browser cannot keep unsaved changes. Save before you leave the page.",
  },
  conflict: {
    title: "You both changed the same thing",
    saved: (name: string, at: string, version: number) =>
      `${name} saved version ${version} on ${at}, after you started.`,
    explanation: "Your changes are kept, and nothing is saved yet.",
    both: "You both changed the same thing: choose which to keep.",
    choose: "Choose",
    somebody: "Somebody",
    questions: (questions: number): string =>
      questions === 1 ? "Which one do you want to keep?" : "Which ones do you want to keep?",
    goOn: "Continue with both merged",
    open: (open: number) => `${count(open, "choice", "choices")} to make`,
    discard: "Discard my changes",
    hint: "Everything else is merged. You can review all of it before it is saved.",
  },
  merge: {
    title: "Merged",
    explanation: "Both are merged, and yours are still unsaved.",
    theirs: "Saved in the meantime",
    mine: "Your changes",
    sides: { mine: "Mine:", theirs: "Theirs:" },
    askSource: (source: string, where: string | null): Text =>
      html`The entries for ${code(source)} in the mapping ${at(where)}`,
    askEntries: {
      add: (source: string, where: string): Text =>
        html`The entries for ${code(source)} that hold in ${code(where)} also`,
      without: (source: string, where: string): Text =>
        html`The entries for ${code(source)} that do not hold in ${code(where)}`,
    },
    askPolicy: (question: string, where: string | null): Text => html`${question} (${at(where)})`,
    askField: (field: Field, where: string | null): Text => html`The ${fields[field]} ${at(where)}`,
    askListed: (name: string): Text => html`${code(name)} in the sync list`,
    noEntry: "no entry",
    listed: "stays, with its changes",
    notListed: "removed",
  },
};
