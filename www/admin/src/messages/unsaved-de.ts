// What is unsaved, and what may happen to it: in German.

import { html } from "lit";
import type { unsavedEn } from "./unsaved-en.js";
import { at, code, count, fields } from "./words-de.js";

export const unsavedDe: typeof unsavedEn = {
  loadFailure: {
    explanation:
      "Dieser Teil der Seite ließ sich nicht laden. Vielleicht ist die Verbindung unterbrochen, oder es gibt eine neue Fassung der Seite. Ihre nicht gespeicherten Änderungen bleiben erhalten.",
    inVain: (times) => `Noch keine Verbindung (${count(times, "Versuch", "Versuche")}).`,
  },
  signInAgain: {
    title: "Sie sind nicht mehr angemeldet",
    hint: "Melden Sie sich in dem Tab an, der sich öffnet, und kommen Sie zurück. Ihre nicht gespeicherten Änderungen bleiben hier.",
    waiting: "Sobald Sie angemeldet sind, geht es hier von selbst weiter.",
    notNow: "Jetzt nicht",
    otherTitle: (name) => `Sie sind als ${name} angemeldet`,
    otherHint: (owner) =>
      `Was hier nicht gespeichert ist, gehört ${owner} und bleibt bis zur nächsten Anmeldung erhalten.`,
    goOnAs: (name) => `Als ${name} weitermachen`,
    signInAs: (name) => `Als ${name} anmelden`,
  },
  unsaved: {
    title: "Nicht gespeicherte Änderungen",
    count: (changes) => count(changes, "nicht gespeicherte Änderung", "nicht gespeicherte Änderungen"),
    discard: "Verwerfen",
    review: "Prüfen und speichern",
    notYet: "hat Fehler",
    mendFirst: "Zuerst die Fehler beheben",
    discarded: "Ihre Änderungen sind verworfen.",
    undoDiscard: "Verwerfen rückgängig machen",
    restored: "Ihre nicht gespeicherten Änderungen sind wieder da.",
    seen: "Schließen",
    notKept: "Dieser Browser kann Änderungen nicht aufheben. Speichern Sie, bevor Sie die Seite verlassen.",
  },
  conflict: {
    title: "Beide haben dasselbe geändert",
    saved: (name, at, version) => `${name} hat am ${at} Version ${version} gespeichert, nachdem Sie begonnen hatten.`,
    explanation: "Ihre Änderungen sind erhalten, und noch ist nichts gespeichert.",
    both: "Sie haben beide dasselbe geändert: Wählen Sie, was gelten soll.",
    choose: "Wählen",
    somebody: "Jemand",
    questions: () => "Was soll gelten?",
    goOn: "Mit beidem weitermachen",
    open: (open) => `Noch ${count(open, "Wahl", "Wahlen")} zu treffen`,
    discard: "Meine Änderungen verwerfen",
    hint: "Alles andere ist zusammengeführt. Sie können alles prüfen, bevor es gespeichert wird.",
  },
  merge: {
    title: "Zusammengeführt",
    explanation: "Beides ist zusammengeführt; Ihre Änderungen sind noch nicht gespeichert.",
    theirs: "Inzwischen gespeichert",
    mine: "Ihre Änderungen",
    sides: { mine: "Meins:", theirs: "Das andere:" },
    askSource: (source, where) => html`Die Einträge für ${code(source)} in der Zuordnung ${at(where)}`,
    askEntries: {
      add: (source, where) => html`Die Einträge für ${code(source)}, die in ${code(where)} auch gelten`,
      without: (source, where) => html`Die Einträge für ${code(source)}, die in ${code(where)} nicht gelten`,
    },
    askPolicy: (question, where) => html`${question} (Festlegung ${at(where)})`,
    askField: (field, where) => html`${fields[field]} ${at(where)}`,
    askListed: (name) => html`${code(name)} in der Abgleichsliste`,
    noEntry: "kein Eintrag",
    listed: "bleibt, mit den Änderungen",
    notListed: "entfernt",
  },
};
