import { html } from "lit";
import type { Messages } from "./language.js";
import { code, codes, count } from "./words-de.js";

// German: what unsaved changes come to, and what is asked before they are saved.

export const impactDe: Messages["impact"] = {
  progress: "Geprüfte Personen",
  running: (done, all) => `${done.toLocaleString("de")} von ${count(all, "Person", "Personen")} geprüft …`,
  total: (affected, all) =>
    affected === 0
      ? `Bei 0 von ${count(all, "bekannten Person", "bekannten Personen")} änderte sich etwas bei der nächsten Anmeldung.`
      : `Bei ${affected.toLocaleString("de")} von ${count(all, "bekannten Person", "bekannten Personen")} änderte sich etwas bei der nächsten Anmeldung.`,
  withoutClaims: (people) =>
    `${count(people, "Person hat", "Personen haben")} sich noch nie per Single Sign-on angemeldet; über sie ist nichts bekannt.`,
  off: "Ist Group Sync aus, ändern Anmeldungen nichts: Alle behalten, was sie haben.",
  failed: "Wer betroffen ist, lässt sich nicht feststellen.",
  effect: "Wirkung",
  all: (changes) => `alle (${changes.toLocaleString("de")})`,
  workspace: "Arbeitsbereich",
  everyWorkspace: "alle",
  search: "Name oder E-Mail-Adresse",
  people: "Wer betroffen ist",
  groups: {
    denied: (people) => `Würden abgewiesen (${people.toLocaleString("de")})`,
    topRole: (people) => `Verlören die höchste Rolle (${people.toLocaleString("de")})`,
    others: (people) => `Andere Betroffene (${people.toLocaleString("de")})`,
  },
  login: "die ganze Anmeldung",
  refusedFor: (reason) => html`Abgewiesen: ${reason}`,
  wasRefusedFor: (reason) => html`Bisher abgewiesen: ${reason}`,
  notSynced: "nicht abgeglichen",
  keeps: (names) => html`Behält ${codes(names)}.`,
  staysOut: "Bleibt draußen.",
  wouldHave: (names) => html`Eine Anmeldung hätte bisher ${codes(names)} ergeben.`,
  wouldBeRefused: "Eine Anmeldung wäre bisher abgewiesen worden.",
  nobody: "Keine Person passt zu diesen Filtern.",
  notMember: "noch kein Mitglied",
};

export const reviewDe: Messages["review"] = {
  changes: "Ihre Änderungen",
  rules: "Was bei Anmeldungen anders ist",
  people: "Wer betroffen ist",
  save: "Speichern",
  back: "Zurück",
  waiting: "Möglich, sobald alle geprüft sind.",
  nothing: "Nichts zu speichern",
  nothingHint: "Ihre Änderungen erscheinen zuerst hier: was bei Anmeldungen anders ist, und wer betroffen ist.",
  saved: (version) => `Gespeichert als Version ${version}`,
  savedHint: "Es gilt ab der nächsten Anmeldung.",
  notSaved: "Nicht gespeichert.",
  perhapsSaved: "Das ist vielleicht schon gespeichert. Speichern Sie noch einmal, um es zu klären.",
  refused: "Diese Änderungen widersprechen dem, was inzwischen gespeichert wurde, und sind weggelassen:",
  harm: (people, topRole) =>
    `${count(people, "Person würde", "Personen würden")} abgewiesen${topRole ? " oder die höchste Rolle verlieren" : ""}.`,
  losesTopRole: (people, role) =>
    html`${count(people, "Person verliert", "Personen verlieren")} die Rolle ${code(role)}.`,
  typeToSave: (word) => html`Geben Sie ${code(word)} ein, um trotzdem zu speichern.`,
  unconfirmed: "Nicht gespeichert: Inzwischen sind andere Personen betroffen.",
  unknown: "Wer abgewiesen würde oder die höchste Rolle verlöre, lässt sich nicht feststellen.",
  unknownWord: "unbekannt",
  warnings: "Trotzdem speichern?",
  anyway: "Trotzdem speichern",
};
