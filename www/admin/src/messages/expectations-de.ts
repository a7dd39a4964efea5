// Scenarios and guarantees that gate a save, and settings as a file: in German.

import { html } from "lit";
import type { expectationsEn } from "./expectations-en.js";
import { code, count } from "./words-de.js";

const inScope = (where: string | null) => (where === null ? "" : html` in ${code(where)}`);

export const expectationsDe: typeof expectationsEn = {
  expectations: {
    title: "Erwartungen",
    hold: (holding, all) =>
      `${holding.toLocaleString("de")} von ${count(all, "Erwartung ist", "Erwartungen sind")} erfüllt`,
    all: (all) => `Alle ${all.toLocaleString("de")} zeigen`,
    confirm: (failing) => `${count(failing, "Erwartung ist", "Erwartungen sind")} nicht erfüllt.`,
    typeToSave: (word) =>
      html`Berichtigen Sie die Einstellungen, oder geben Sie ${code(word)} ein, um trotzdem zu speichern.`,
    unconfirmed: "Nicht gespeichert: Inzwischen sind andere Erwartungen nicht erfüllt.",
    stale:
      "Nicht gespeichert: Jemand anders hat Szenarien oder Garantien geändert. Sie sind mit Ihren zusammengeführt; sehen Sie noch einmal nach.",
    mendFirst: "Bestätigen Sie oben die Erwartungen, die nicht erfüllt sind.",
    finish: "Zuerst die Szenarien fertigstellen",
    changes: {
      added: (name, where) => html`Erwartet ${code(name)}${inScope(where)}`,
      removed: (name, where) => html`Erwartet ${code(name)} nicht mehr${inScope(where)}`,
      changed: (name, where) => html`Ändert, was ${code(name)} erwartet${inScope(where)}`,
    },
  },
  transfer: {
    title: "Einstellungen als Datei",
    hint: "Einstellungen, Szenarien und Garantien, mit den Rollen und Gruppen jedes Arbeitsbereichs. Die Befehlszeile liest sie:",
    unsaved: "Ihre nicht gespeicherten Änderungen sind dabei.",
    export: "Exportieren",
    import: "Importieren …",
    importTitle: "Einstellungen importieren",
    brings: (changes, expectations) =>
      `${count(changes, "Änderung", "Änderungen")} an den Einstellungen, ${count(expectations, "Szenario oder Garantie", "Szenarien und Garantien")}.`,
    replaces: "Sie ersetzen Ihre nicht gespeicherten Änderungen.",
    nothingSaved: "Noch ist nichts gespeichert: Zuerst prüfen Sie alles.",
    take: "Prüfen",
    mistakes: (mistakes) => `Nichts wurde importiert: ${count(mistakes, "Fehler", "Fehler")} in der Datei.`,
    close: "Schließen",
    noWorkspace: (id) => html`Diese Anwendung hat keinen Arbeitsbereich ${code(id)}.`,
    line: (line) => `Zeile ${line}`,
    same: "Die Datei gleicht dem, was gespeichert ist.",
  },
  planActions: {
    nobodyElse: "Niemand sonst darf bekommen:",
    nobodyElseName: (target, groups) => `${target} nur durch ${groups.join(", ")}`,
    copyCommand: "Als Befehl kopieren",
    copied: "Kopiert. Die Datei gibt „Exportieren“ in den Einstellungen.",
    copyByHand: "Kopieren Sie diesen Befehl. Die Datei gibt „Exportieren“ in den Einstellungen.",
  },
};
