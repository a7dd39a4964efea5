// Scenarios and guarantees that gate a save, and settings as a file: in English.

import { html } from "lit";
import { code, count, type Text } from "./words-en.js";

const inScope = (where: string | null): Text => (where === null ? "" : html` in ${code(where)}`);

export const expectationsEn = {
  expectations: {
    title: "Expectations",
    hold: (holding: number, all: number) =>
      `${holding.toLocaleString("en")} of ${count(all, "expectation", "expectations")} ${all === 1 ? "holds" : "hold"}`,
    all: (all: number) => `Show all ${all.toLocaleString("en")}`,
    confirm: (failing: number) => `${count(failing, "expectation fails", "expectations fail")}.`,
    typeToSave: (word: string): Text => html`Fix the settings, or type ${code(word)} to save anyway.`,
    unconfirmed: "Not saved: the expectations that fail have changed since they were shown.",
    stale: "Not saved: somebody else changed scenarios or guarantees. They are merged with yours; look again.",
    mendFirst: "Confirm the failing expectations above.",
    finish: "Finish the scenarios first",
    changes: {
      added: (name: string, where: string | null): Text => html`Expects ${code(name)}${inScope(where)}`,
      removed: (name: string, where: string | null): Text => html`No longer expects ${code(name)}${inScope(where)}`,
      changed: (name: string, where: string | null): Text => html`Changes what ${code(name)} expects${inScope(where)}`,
    },
  },
  transfer: {
    title: "Settings as a file",
    hint: "Settings, scenarios and guarantees, with the roles and groups of each workspace. The command line reads it:",
    unsaved: "Your unsaved changes are part of it.",
    export: "Export",
    import: "Import…",
    importTitle: "Import settings",
    /** What a file brings. */
    brings: (changes: number, expectations: number) =>
      `${count(changes, "change", "changes")} to the settings, ${count(expectations, "scenario or guarantee", "scenarios and guarantees")}.`,
    replaces: "They replace your unsaved changes.",
    nothingSaved: "Nothing is saved yet: you review it first.",
    take: "Review",
    mistakes: (mistakes: number) => `Nothing was imported: ${count(mistakes, "mistake", "mistakes")} in the file.`,
    close: "Close",
    noWorkspace: (id: string): Text => html`This application has no workspace ${code(id)}.`,
    line: (line: number) => `line ${line}`,
    same: "The file matches what is saved.",
  },
  planActions: {
    nobodyElse: "Nobody else may get",
    nobodyElseName: (target: string, groups: string[]) => `${target} only by ${groups.join(", ")}`,
    copyCommand: "Copy as command line",
    copied: "Copied. The file is what Export gives in the settings.",
    copyByHand: "Copy this command. The file is what Export gives in the settings.",
  },
};
