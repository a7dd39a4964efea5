import { html } from "lit";
import { code, count, type Field, fields, type Text } from "./words-en.js";

// English: what two versions of the settings differ in, and the versions of the past.

const names = (own: Field[]) => own.map((field) => fields[field]).join(" and ");

/** What stands otherwise in a later version, each thing a line. */
const changes = {
  nothing: "No differences",
  enabled: (on: boolean): string => (on ? "Group Sync switched on" : "Group Sync switched off"),
  defaultWorkspace: "Default workspace",
  listed: (listed: boolean): string => (listed ? "Added to the sync list" : "Removed from the sync list"),
  synced: (on: boolean): string => (on ? "Switched on" : "Switched off"),
  overridden: (own: Field[]): string => `Has its own ${names(own)}`,
  inherited: (own: Field[]): string => `Inherits the ${names(own)} of the instance`,
  added: "Added:",
  removed: "Removed:",
  rewritten: "The mapping's text changed, its entries did not",
  more: (more: number): string => `and ${count(more, "more change", "more changes")}`,
};

const history = {
  hint: "Every saved version of the settings, newest first. Open one to see what it changed, or to restore it.",
  list: "Versions",
  version: (version: number): string => `Version ${version}`,
  current: "current",
  system: "The server",
  first: "The initial settings",
  onlyFirst: "Nothing has been saved yet. The first change that you save shows here.",
  toSettings: "Change the settings",
  more: "Show earlier versions",
  all: "← All versions",
  choose: (version: number): string => `Compare version ${version}`,
  compareHint: "Choose two versions to compare them.",
  compare: (before: number, after: number): string => `Compare ${before} and ${after}`,
  compared: (before: number, after: number): string => `Version ${before} → version ${after}`,
  toCurrent: "Compare with the current version",
  changed: "What changed",
  rules: "What logins do differently",
  texts: "Both mappings as text",
  restore: (version: number): string => `Restore version ${version}`,
  restoreHint: "It becomes your draft and goes through the review. Nothing is saved before you confirm.",
  sameAsCurrent: "This version is the same as the current one.",
  replace: {
    title: "Replace your unsaved changes?",
    hint: "You have unsaved changes. Restoring a version puts its settings in their place. You can undo that.",
    go: "Replace and review",
  },
  restored: (version: number): string => `Version ${version} is your draft now. It applies once you save it.`,
  undo: "Bring my changes back",
  missing: (ids: string[]): Text =>
    html`Left out, as they no longer exist: ${ids.map((id, place) => html`${place > 0 ? ", " : ""}${code(id)}`)}.`,
};

export const historyEn = { changes, history };
