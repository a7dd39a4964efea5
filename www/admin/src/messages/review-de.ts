import { html } from "lit";
import type { Messages } from "./language.js";
import { code, codes, count } from "./words-de.js";

// German: what unsaved changes come to, and what is asked before they are saved.

export const impactDe: Messages["impact"] = {
  progress: "Durchgesehene Personen",
  running: (done, all) => `${done.toLocaleString("de")} von ${count(all, "Person", "Personen")} durchgesehen …`,
  total: (affected, all) =>
    affected === 0
      ? `Niemand von ${count(all, "bekannten Person", "bekannten Personen")} hätte nach der nächsten Anmeldung etwas anderes.`
      : `${affected.toLocaleString("de")} von ${count(all, "bekannten Person", "bekannten Personen")} hätten nach der nächsten Anmeldung etwas anderes.`,
  withoutClaims: (people) =>
    `${count(people, "Person hat", "Personen haben")} sich noch nie per Single Sign-on angemeldet; über sie ist nichts bekannt.`,
  off: "Ist Group Sync aus, ändern Anmeldungen nichts: Alle behalten, was sie haben.",
  failed: "Wen es betrifft, ließ sich nicht ermitteln.",
  effect: "Wirkung",
  all: (changes) => `alle (${changes.toLocaleString("de")})`,
  workspace: "Arbeitsbereich",
  everyWorkspace: "alle",
  search: "Name oder E-Mail-Adresse",
  people: "Wen es betrifft",
  groups: {
    denied: (people) => `Würden abgewiesen (${people.toLocaleString("de")})`,
    topRole: (people) => `Hätten die höchste Rolle nicht mehr (${people.toLocaleString("de")})`,
    others: (people) => `Alle anderen, die es betrifft (${people.toLocaleString("de")})`,
  },
  login: "die ganze Anmeldung",
  refusedFor: (reason) => html`Abgewiesen: ${reason}`,
  wasRefusedFor: (reason) => html`Bisher abgewiesen: ${reason}`,
  notSynced: "nicht abgeglichen",
  keeps: (names) => html`Behält ${codes(names)}.`,
  staysOut: "Bleibt draußen.",
  wouldHave: (names) => html`Eine Anmeldung hätte bisher ${codes(names)} ergeben.`,
  wouldBeRefused: "Eine Anmeldung wäre bisher abgewiesen worden.",
  nobody: "Auf diese Filter passt niemand.",
  notMember: "noch kein Mitglied",
};

export const reviewDe: Messages["review"] = {
  changes: "Ihre Änderungen",
  rules: "Was aus den Regeln wird",
  people: "Wen es betrifft",
  save: "Speichern",
  back: "Zurück",
  waiting: "Sobald alle durchgesehen sind.",
  nothing: "Nichts zu speichern",
  nothingHint: "Was Sie ändern, zeigt sich zuerst hier: was aus den Regeln wird und wen es betrifft.",
  saved: (version) => `Gespeichert als Version ${version}`,
  savedHint: "Es gilt ab der nächsten Anmeldung.",
  notSaved: "Nicht gespeichert.",
  perhapsSaved: "Ob das gespeichert wurde, ist nicht bekannt. Erneutes Speichern klärt es.",
  refused: "Diese Änderungen passen nicht auf das, was inzwischen gespeichert wurde, und sind weggelassen:",
  harm: (people, topRole) =>
    `${count(people, "Person würde", "Personen würden")} abgewiesen${topRole ? " oder die höchste Rolle verlieren" : ""}.`,
  losesTopRole: (people, role) =>
    html`${count(people, "Person verliert", "Personen verlieren")} die Rolle ${code(role)}.`,
  typeToSave: (word) => html`Geben Sie ${code(word)} ein, um trotzdem zu speichern.`,
  unconfirmed: "Nichts wurde gespeichert: Es betrifft andere Personen, als gezeigt waren.",
  unknown: "Niemand weiß, wer abgewiesen würde oder die höchste Rolle verlöre.",
  unknownWord: "unbekannt",
  warnings: "Trotzdem speichern?",
  anyway: "Trotzdem speichern",
};
