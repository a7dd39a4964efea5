// What the identity provider really sends: in German.

import { html } from "lit";
import type { seenEn } from "./seen-en.js";
import { count } from "./words-de.js";

export const seenDe: typeof seenEn = {
  seen: {
    title: "Gruppen aus Anmeldungen",
    summary: (groups, tokens) => `${count(groups, "Gruppe", "Gruppen")} in ${count(tokens, "Token", "Tokens")}.`,
    nobody:
      "Noch hat sich niemand mit Single Sign-on angemeldet. Nach der ersten Anmeldung stehen die Gruppen hier, bereit zum Zuordnen.",
    noGroups: (tokens) => `0 Gruppen in ${count(tokens, "Token", "Tokens")}. Prüfen Sie den Claim.`,
    unmapped: (groups) => `${count(groups, "Gruppe bewirkt", "Gruppen bewirken")} noch nichts`,
    allMapped: (groups) => (groups === 1 ? "Die Gruppe ist zugeordnet." : `Alle ${groups} Gruppen sind zugeordnet.`),
    mapped: (groups) => `${count(groups, "Gruppe ist", "Gruppen sind")} zugeordnet`,
    people: (people) => count(people, "Person", "Personen"),
    last: (when) => `zuletzt am ${when}`,
    byName: "über ihren Namen",
    notSaved: "noch nicht gespeichert",
    mapTo: (target) => html`Zu ${target} zuordnen`,
    map: "Zuordnen zu …",
    mapGroup: (group) => `${group} zuordnen zu`,
    target: "Rolle oder Gruppe",
    add: "Zuordnen",
    label: "Bezeichnung",
    labelOf: (group) => `Bezeichnung von ${group}`,
    labelHint: "Steht überall bei der Gruppe. Wird sofort gespeichert.",
    saveLabel: "Bezeichnung speichern",
    manyLabels: "Viele auf einmal bezeichnen",
    manyLabelsHint:
      "Fügen Sie zwei Spalten ein, wie Ihr Verzeichnis sie exportiert: die ID einer Gruppe und ihren Namen.",
    saveLabels: "Bezeichnungen speichern",
    labelsSaved: (labels) => `${count(labels, "Bezeichnung", "Bezeichnungen")} gespeichert.`,
    noLabels: "0 Bezeichnungen gefunden. Jede Zeile braucht eine ID, ein Komma oder einen Tabulator und einen Namen.",
    unmet: (sources, tokens) =>
      `${count(sources, "Quelle", "Quellen")} in 0 von ${count(tokens, "Token", "Tokens")} der letzten 90 Tage`,
    unmetHint:
      "Niemand, der sich zuletzt angemeldet hat, hat sie. Ein Tippfehler, oder eine Gruppe, die es nicht mehr gibt?",
    line: (line) => `Zeile ${line}`,
  },
};
