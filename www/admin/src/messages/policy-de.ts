import type { PolicyWords } from "./policy-questions.js";

/** The choices in German: what is asked, and for each answer what it is called and what it means. */
export const policyDe: PolicyWords = {
  compare: {
    question: "Wie werden Namen verglichen?",
    exact: ["Genau", "So, wie sie geschrieben sind."],
    "ignore-case": ["Ohne Groß- und Kleinschreibung", "Und gleich, wie Buchstaben mit Akzenten zusammengesetzt sind."],
  },
  matchByName: {
    question: "Passen Gruppen durch ihren eigenen Namen?",
    true: ["Rollen und Gruppen", "Eine Gruppe, die kein Eintrag nennt, gibt die Rolle oder Gruppe gleichen Namens."],
    "groups-only": [
      "Nur Gruppen",
      "Nie eine Rolle: wenn beim Identitätsanbieter jeder eine Gruppe „admin“ nennen darf.",
    ],
    false: ["Nie", "Nur die Zuordnung gibt etwas."],
  },
  require: {
    question: "Wer wird überhaupt zugelassen?",
    help: "Eine Gruppe oder ein Muster, oder mehrere mit && und !, wie links von einem Pfeil. Leer: alle.",
    anybody: "Alle",
  },
  noMatch: {
    question: "Wenn keine der Gruppen passt",
    "default-role": ["Die niedrigste Rolle geben", "Und keine Gruppen."],
    keep: ["Nichts ändern", "Es bleibt, was da ist."],
    deny: ["Abweisen", "Kein Zugang hier."],
  },
  missingClaim: {
    question: "Wenn dem Token der Claim fehlt",
    "no-groups": ["Wie keine Gruppen behandeln", "Viele Identitätsanbieter lassen einen leeren Claim weg."],
    keep: ["Nichts ändern", "Es bleibt, was da ist."],
    deny: ["Abweisen", "Kein Zugang hier."],
  },
  unreadableClaim: {
    question: "Wenn der Claim nicht lesbar ist",
    keep: ["Nichts ändern", "Raten könnte etwas geben oder nehmen. Im Verlauf steht, warum."],
    deny: ["Abweisen", "Kein Zugang hier."],
  },
  roleWithoutRoleGroup: {
    question: "Wenn keine Gruppe eine Rolle gibt",
    infer: ["Aus den Gruppen schließen", "Die höchste, die eine Gruppe braucht, sonst die niedrigste."],
    "keep-manual": ["Eine von Hand gegebene Rolle behalten", "Eine aus einem Abgleich wird zurückgenommen."],
    keep: ["Die vorhandene Rolle behalten", "Außer eine Gruppe braucht eine höhere."],
  },
  demotion: {
    question: "Darf eine Anmeldung eine Rolle senken?",
    allow: ["Ja", "Rollen folgen den Gruppen, hinauf und hinunter."],
    never: ["Nie", "Gleich, was eine niedrigere gibt."],
  },
  removal: {
    question: "Welche Gruppen verlässt man bei der Anmeldung?",
    all: ["Alle, die man nicht mehr hat", "Auch von Hand Gegebenes wird zurückgenommen."],
    synced: ["Nur die aus einem Abgleich", "Von Hand Gegebenes bleibt."],
    mapped: ["Nur die, die diese Zuordnung geben kann", "Andere bleiben unberührt."],
    none: ["Keine", "Anmeldungen geben nur Gruppen hinzu."],
  },
  nonMembers: {
    question: "Wer tritt durch Anmelden einem Arbeitsbereich bei?",
    matched: ["Wer eine passende Gruppe hat", "Dem Standard-Arbeitsbereich treten alle bei."],
    all: ["Alle", "Mit dem, was ihre Gruppen geben."],
    none: ["Niemand", "Nur Mitglieder werden abgeglichen; dem Standard treten alle bei."],
  },
  syncOn: {
    question: "Wen gleichen Anmeldungen ab?",
    "every-login": ["Alle, bei jeder Anmeldung", "Was sie haben, folgt ihren Gruppen."],
    "first-login": ["Nur wer zum ersten Mal kommt", "Mitglieder bleiben, wie sie sind."],
  },
  whenGone: {
    question: "Was wird aus Personen, die das Verzeichnis nicht mehr hat?",
    archive: ["Sie werden archiviert", "Kommen sie zurück, haben sie wieder, was sie hatten."],
    keep: ["Nichts", "Jemand archiviert sie von Hand."],
  },
  protectLastAdmin: {
    question: "Darf eine Anmeldung die Rolle des letzten Admins senken?",
    true: ["Nein", "Ein Arbeitsbereich behält immer einen Admin."],
    false: ["Ja", "Ein Arbeitsbereich kann ohne Admin zurückbleiben."],
  },
};
