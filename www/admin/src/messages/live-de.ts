// The live preview beside the mapping: in German.

import { html } from "lit";
import type { liveEn } from "./live-en.js";
import { code, codes, count } from "./words-de.js";

export const liveDe: typeof liveEn = {
  live: {
    title: "Live-Vorschau",
    hint: "Was jeder Tastendruck bei der nächsten Anmeldung dieser Leute ändert. Entschieden in dieser Seite.",
    empty: "Heften Sie eine Person oder ein Token an, und Sie sehen beim Tippen, was sich für sie ändert.",
    show: "Live-Vorschau",
    close: "Live-Vorschau schließen",
    person: "Person anheften",
    token: "Token anheften",
    claims: "Claims als JSON, oder ein ganzes JWT",
    claimsHint:
      "In dieser Seite gelesen und behalten, bis Sie diesen Tab schließen. Die Prüfung zeigt es diesem Server einmal.",
    pin: "Anheften",
    unpin: (name) => `${name} lösen`,
    pinned: "Angeheftete Personen und Tokens",
    full: (most) =>
      `Höchstens ${count(most, "Person oder Token", "Personen und Tokens")}. Lösen Sie zuerst einen Eintrag.`,
    tokenName: (number) => `Token ${number}`,
    tokenOf: (name) => `Token von ${name}`,
    gone: "Diese Person gibt es nicht mehr.",
    total: (changed, all) =>
      changed === 0
        ? `Keine Änderung bei ${count(all, "Anmeldung", "Anmeldungen")}`
        : `${changed} von ${count(all, "Anmeldung", "Anmeldungen")} ändern sich`,
    said: (name, what) => html`${name}: ${what}`,
    more: (more) => `${more} weitere`,
    unchanged: "keine Änderung",
    refused: (reason) => html`kommt nicht herein. ${reason}`,
    denied: "abgewiesen",
    gets: (role) => html`bekommt ${code(role)}`,
    becomes: "wird",
    joins: (groups) => html`tritt ${codes(groups)} bei`,
    loses: (groups) => html`verliert ${codes(groups)}`,
    why: "Warum",
    withErrors: "Der Text hat einen Fehler. Das sind die Ergebnisse des letzten Textes ohne Fehler.",
    agrees: (logins) => `Der Server entscheidet ${count(logins, "Anmeldung", "Anmeldungen")} wie diese Seite.`,
    asking: "Der Server wird nach denselben Ergebnissen gefragt…",
    differs:
      "Der Server entscheidet anders als diese Seite; so lässt sich nichts speichern. Laden Sie die Seite neu: Sie ist vielleicht veraltet.",
    differsFor: (name, workspaces) =>
      workspaces.length === 0 ? html`${name}: ob die Anmeldung erlaubt ist` : html`${name}: ${codes(workspaces)}`,
    notAsked: "Der Server konnte nicht gefragt werden, ob er wie diese Seite entscheidet.",
  },
};
