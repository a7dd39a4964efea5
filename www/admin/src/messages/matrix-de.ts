// All workspaces at a glance: in German.

import { html } from "lit";
import type { matrixEn } from "./matrix-en.js";
import { code } from "./words-de.js";

export const matrixDe: typeof matrixEn = {
  matrix: {
    title: "Einträge und Arbeitsbereiche",
    back: "← Einstellungen",
    hint: "Ein Haken: Der Eintrag gilt in diesem Arbeitsbereich. Nehmen Sie ihn weg oder setzen Sie ihn; in allem anderen folgt der Arbeitsbereich weiter der Instanz.",
    filter: "Einträge filtern",
    workspace: "Arbeitsbereich",
    person: "Was eine Person bekommt",
    pinned: "Neben der Zuordnung angeheftet",
    onlyProblems: (problems) => `Nur Probleme (${problems.toLocaleString("de")})`,
    page: (first, last, total) =>
      `${first.toLocaleString("de")}–${last.toLocaleString("de")} von ${total.toLocaleString("de")} Einträgen`,
    previous: "Vorige Einträge",
    next: "Nächste Einträge",
    nothingFound: "Kein Eintrag passt.",
    entry: "Eintrag",
    besides: "Nur in einigen Arbeitsbereichen",
    byEntry: "eigene Einträge",
    ownMapping: "eigene Zuordnung",
    unfinished: "hat Fehler",
    idle: (entry) => html`Lässt ${code(entry)} weg; die Instanz hat den Eintrag nicht mehr.`,
    forget: "Vergessen",
    holdsIn: (entry, workspace) => `${entry} in ${workspace}`,
    inWorkspace: (workspace) => `in ${workspace}`,
    missing: "fehlt",
    hereAlso: "hier auch",
    notHere: "hier nicht",
    noRole: "keine Rolle",
    grantsPerson: (person) => `gibt ${person} etwas`,
    createGroup: (name) => `Gruppe ${name} anlegen`,
    createTitle: (name, workspace) => `Die Gruppe ${name} in ${workspace} anlegen?`,
    createHint:
      "Sie ist sofort da, ob Sie die Einstellungen speichern oder nicht. Mitglieder kommen mit ihrer nächsten Anmeldung.",
    requires: "Rolle, die Mitglieder brauchen",
    requiresNone: "keine",
    create: "Anlegen",
    created: (name, workspace) => `Die Gruppe ${name} gibt es jetzt in ${workspace}.`,
  },
};
