import { html } from "lit";
import type { guaranteesEn } from "./guarantees-en.js";
import { code, codes } from "./words-de.js";

/** Guarantees in German. */
export const guaranteesDe: typeof guaranteesEn = {
  guarantees: {
    title: "Garantien",
    hint: "Was für alle gilt, gleich, welche Gruppen sie haben. Während Sie die Zuordnung schreiben, beweist es die Engine oder findet jemanden, der es bricht.",
    none: "Noch keine Garantie.",
    add: "Garantie hinzufügen",
    newName: "Neue Garantie",
    what: "Rolle oder Gruppe",
    roles: "Rollen, und jede höhere",
    groupsOfApp: "Gruppen",
    kind: "Wer sie erreicht",
    kinds: { only: "Nur Personen in einer dieser Gruppen", never: "Niemand in einer dieser Gruppen" },
    groups: "IdP-Gruppen, eine je Zeile",
    states: { green: "gilt", red: "gilt nicht", unknown: "nicht bewiesen" },
    says: {
      only: (target, groups) =>
        groups.length === 0
          ? html`Niemand erreicht ${code(target)}`
          : html`Nur Personen in ${codes(groups)} erreichen ${code(target)}`,
      never: (target, groups) => html`Niemand in ${codes(groups)} erreicht ${code(target)}`,
    },
    breaks: (who, does, by, raised) => html`${who} ${does}${by}${raised}.`,
    nobodyInGroups: "Jemand ohne Gruppen",
    somebodyIn: (groups) =>
      html`Jemand allein in ${groups.map((name, index) => html`${index > 0 ? " und " : ""}${code(name)}`)}`,
    becomes: (role) => html`bekommt die Rolle ${code(role)}`,
    joins: (group) => html`kommt in die Gruppe ${code(group)}`,
    hasLowest: "hat die niedrigste Rolle",
    byLine: (line) => `, durch Zeile ${line}`,
    byName: ", durch den gleichen Namen",
    raisedTo: (role) => html`, und bekommt dadurch die Rolle ${code(role)}`,
    unknown: "Niemand, der sie bricht, wurde gefunden; ein voller Beweis würde zu lange dauern.",
    unnamed: (groups) =>
      html`Prüfen Sie die Schreibweise: Weder die Zuordnung noch die Anwendung nennt ${codes(groups)}.`,
    outside: (questions) =>
      html`Sie spricht von dem, was ein Token gibt. Durch diese Festlegungen kann jemand mehr behalten: ${questions.join(" · ")}`,
  },
};
