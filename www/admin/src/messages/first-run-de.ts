// The first run of an empty instance: in German.

import type { firstRunEn } from "./first-run-en.js";
import { count } from "./words-de.js";

export const firstRunDe: typeof firstRunEn = {
  firstRun: {
    title: "Gruppenabgleich einrichten",
    lead: "Fünf Schritte. Vor dem Speichern gilt nichts davon.",
    done: "erledigt",
    steps: {
      signIn: "Einmal über Ihren Identity Provider anmelden",
      claim: "Den Claim mit den Gruppen wählen",
      map: "Die Gruppen zuordnen",
      people: "Sehen, wer was bekommt",
      on: "Einschalten",
    },
    signInHint:
      "So ist zu sehen, was Ihre Tokens enthalten. Solange der Abgleich aus ist, ändert eine Anmeldung keine Rolle und keine Gruppe.",
    signInWhere: "Öffnen Sie diese Adresse in einem privaten Fenster, oder bitten Sie jemanden, sich anzumelden:",
    waiting: "Wartet auf die erste Anmeldung …",
    signInAs: "Jemanden anmelden",
    signedIn: (people) => `${count(people, "Person hat", "Personen haben")} sich angemeldet.`,
    claimHint: "Wählen Sie den Claim, in dem die Gruppen stehen.",
    mapHint:
      "Nehmen Sie einen Vorschlag an, wählen Sie eine andere Rolle oder Gruppe, oder schreiben Sie die Einträge selbst.",
    people: (some, of) => `${some} von ${count(of, "Person", "Personen")} bekämen bei der nächsten Anmeldung etwas.`,
    peopleNone: (of) => `0 von ${count(of, "Person", "Personen")} bekämen etwas. Ordnen Sie zuerst eine Gruppe zu.`,
    peopleUnfinished: "Sobald die Zuordnung fehlerfrei ist, steht hier, wer was bekommt.",
    peopleFailed: "Wer was bekommt, ließ sich nicht ermitteln.",
    peopleRunning: "Ermittelt, wer was bekommt …",
    onHint: "Die Prüfung zeigt alles noch einmal, bevor es gespeichert wird.",
    switchOn: "Einschalten und prüfen",
  },
};
