import { html } from "lit";
import type { PolicyWords } from "../elements/policy-questions.js";
import type { Messages } from "./language.js";

type Field = "claim" | "mapping" | "policy";

const code = (name: string) => html`<code>${name}</code>`;
const count = (number: number, one: string, many: string) =>
  `${number.toLocaleString("de")} ${number === 1 ? one : many}`;
const fields: Record<Field, string> = { claim: "Claim", mapping: "Zuordnung", policy: "Festlegungen" };
const fieldList = (own: Field[]) => own.map((field) => fields[field]).join(", ");
const at = (where: string | null) => (where === null ? "der Instanz" : html`von ${code(where)}`);

/** Deutsch. */
export const de: Messages = {
  languageName: "Deutsch",
  cancel: "Abbrechen",
  showAll: (all) => `Alle ${all.toLocaleString("de")} zeigen`,
  showMore: (more) => `Mehr zeigen (noch ${more.toLocaleString("de")})`,
  page: {
    title: "Gruppenabgleich",
    views: "Ansichten",
    home: "Ihre Arbeitsbereiche",
    language: "Sprache",
    demo: "Eine Vorführung mit erfundenen Personen. Alles bleibt in diesem Browser.",
    startAnew: "Neu beginnen",
    loading: "Wird geladen …",
    skip: "Zum Inhalt",
  },
  views: {
    settings: "Einstellungen",
    preview: "Vorschau",
    scenarios: "Szenarien",
    activity: "Verlauf",
    review: "Prüfen und speichern",
  },
  problems: {
    title: "Diese Seite kann nicht gezeigt werden",
    again: "Noch einmal versuchen",
    signIn: "Anmelden",
    signInHint:
      "Melden Sie sich als Super-Admin dieser Instanz an. In einem anderen Tab, falls hier etwas nicht gespeichert ist.",
    "not-signed-in": "Sie sind nicht oder nicht mehr angemeldet.",
    "not-super-admin": "Nur Super-Admins dürfen die Einstellungen des Gruppenabgleichs sehen und ändern.",
    unreachable: "Der Server ist nicht erreichbar.",
    "database-unavailable":
      "Der Server erreicht seine Datenbank nicht. Der Auftrag wurde ganz oder gar nicht ausgeführt.",
    "csrf-token": "Die Sitzung hat sich geändert. Laden Sie die Seite neu.",
  },
  settings: {
    title: "Gruppenabgleich",
    groupSync: "Gruppenabgleich",
    on: "Ein: Bei jeder Anmeldung per Single Sign-on folgen Rollen und Gruppen dem Identitätsanbieter.",
    off: "Aus: Bei der Anmeldung ändert sich nichts, niemandes Rolle oder Gruppen werden berührt. Die Einstellungen bleiben erhalten und sind nach dem Einschalten wieder da.",
    scopes: "Wofür die Einstellungen gelten",
    instance: "Instanz",
    instanceHint: "was Arbeitsbereiche erben",
    addWorkspace: "Arbeitsbereich hinzufügen",
    notListed: (name) => html`${code(name)} steht nicht in der Abgleichsliste.`,
    defaultBadge: "Standard",
    offBadge: "aus",
    inheritsAll: "erbt alles",
    overrides: (own) => `eigen: ${fieldList(own)}`,
    defaultWorkspace: "Standard-Arbeitsbereich",
    defaultWorkspaceHint: "Neue Benutzer treten ihm bei, welche Gruppen sie auch haben.",
    syncWorkspace: "Diesen Arbeitsbereich abgleichen",
    workspaceOn: "Ein: Jede Anmeldung per Single Sign-on gleicht auch diesen Arbeitsbereich ab.",
    workspaceOff: "Aus: Anmeldungen ändern hier nichts. Die Einstellungen bleiben erhalten.",
    makeDefault: "Zum Standard machen",
    removeWorkspace: "Aus der Abgleichsliste entfernen …",
    inherited: "Geerbt",
    overridden: "Hier überschrieben",
    override: "Hier überschreiben",
    reset: "Wieder erben",
  },
  claim: {
    title: "Claim",
    name: "Name des Claims",
    hint: "Der Claim des Tokens, in dem die Gruppen stehen. Punkte führen in verschachtelte Claims.",
    suggestions: "In letzten Anmeldungen gesehen:",
    noSuggestions: "Noch keine Anmeldung hatte einen Claim, aus dem sich Gruppen lesen ließen.",
    users: (users, tokens) => `${users} von ${tokens}`,
    options: "Wie der Claim gelesen wird",
  },
  mapping: {
    title: "Gruppenzuordnung",
    label: "Gruppenzuordnung",
    hint: "Ein Eintrag je Zeile: eine Gruppe des Identitätsanbieters, ein Pfeil, eine Rolle oder Gruppe der Anwendung. Gruppen, die kein Eintrag nennt, passen durch ihren eigenen Namen.",
    loading: "Der Editor wird geladen …",
    failed: "Der Editor ließ sich nicht laden. Laden Sie die Seite neu.",
    empty: "Leer: Gruppen passen durch ihren eigenen Namen.",
    inheritedText: "Die geerbte Zuordnung",
  },
  policies: {
    title: "Festlegungen",
    hint: "Was die Zuordnung offen lässt. Was Sie nicht festlegen, bleibt beim Standard.",
    whole: "Diese treten an die Stelle aller Festlegungen der Instanz.",
    default: "Standard",
  },
  policy: {
    matchByName: {
      question: "Passen Gruppen durch ihren eigenen Namen?",
      answers: {
        true: [
          "Rollen und Gruppen",
          "Eine Gruppe, die kein Eintrag nennt, gibt die Rolle oder Gruppe gleichen Namens.",
        ],
        "groups-only": [
          "Nur Gruppen",
          "Nie eine Rolle: wenn beim Identitätsanbieter jeder eine Gruppe „admin“ nennen darf.",
        ],
        false: ["Nie", "Nur die Zuordnung gibt etwas."],
      },
    },
    noMatch: {
      question: "Wenn keine der Gruppen passt",
      answers: {
        "default-role": ["Die niedrigste Rolle geben", "Und keine Gruppen."],
        keep: ["Nichts ändern", "Es bleibt, was da ist."],
        deny: ["Abweisen", "Kein Zugang hier."],
      },
    },
    missingClaim: {
      question: "Wenn dem Token der Claim fehlt",
      answers: {
        "no-groups": ["Wie keine Gruppen behandeln", "Viele Identitätsanbieter lassen einen leeren Claim weg."],
        keep: ["Nichts ändern", "Es bleibt, was da ist."],
        deny: ["Abweisen", "Kein Zugang hier."],
      },
    },
    unreadableClaim: {
      question: "Wenn der Claim nicht lesbar ist",
      answers: {
        keep: ["Nichts ändern", "Raten könnte etwas geben oder nehmen. Im Verlauf steht, warum."],
        deny: ["Abweisen", "Kein Zugang hier."],
      },
    },
    roleWithoutRoleGroup: {
      question: "Wenn keine Gruppe eine Rolle gibt",
      answers: {
        infer: ["Aus den Gruppen schließen", "Die höchste, die eine Gruppe braucht, sonst die niedrigste."],
        "promote-only": ["Die vorhandene Rolle nie senken", "Steigen kann sie."],
        keep: ["Die vorhandene Rolle behalten", "Außer eine Gruppe braucht eine höhere."],
      },
    },
    removal: {
      question: "Welche Gruppen verlässt man bei der Anmeldung?",
      answers: {
        all: ["Alle, die man nicht mehr hat", "Auch von Hand Gegebenes wird zurückgenommen."],
        synced: ["Nur die aus einem Abgleich", "Von Hand Gegebenes bleibt."],
        mapped: ["Nur die, die diese Zuordnung geben kann", "Andere bleiben unberührt."],
        none: ["Keine", "Anmeldungen geben nur Gruppen hinzu."],
      },
    },
    nonMembers: {
      question: "Wer tritt durch Anmelden einem Arbeitsbereich bei?",
      answers: {
        matched: ["Wer eine passende Gruppe hat", "Dem Standard-Arbeitsbereich treten alle bei."],
        all: ["Alle", "Mit dem, was ihre Gruppen geben."],
        none: ["Niemand", "Nur Mitglieder werden abgeglichen; dem Standard treten alle bei."],
      },
    },
    protectLastAdmin: {
      question: "Darf eine Anmeldung die Rolle des letzten Admins senken?",
      answers: {
        true: ["Nein", "Ein Arbeitsbereich behält immer einen Admin."],
        false: ["Ja", "Ein Arbeitsbereich kann ohne Admin zurückbleiben."],
      },
    },
  } as PolicyWords,
  addWorkspace: {
    title: "Arbeitsbereich hinzufügen",
    hint: "Er erbt alles von der Instanz; überschreiben können Sie es danach.",
    search: "Suchen",
    none: "Alle Arbeitsbereiche stehen in der Abgleichsliste.",
    notFound: "Kein Arbeitsbereich heißt so.",
    members: (members) => count(members, "Mitglied", "Mitglieder"),
    add: "Hinzufügen",
  },
  removeWorkspace: {
    title: (name) => `${name} aus der Abgleichsliste entfernen?`,
    hint: "Niemandes Rolle oder Gruppen ändern sich dadurch. Um nur eine Zeit lang nicht abzugleichen, schalten Sie den Arbeitsbereich aus: Dabei geht nichts verloren.",
    newDefault: "Es ist der Standard-Arbeitsbereich. Welcher tritt an seine Stelle?",
    choose: "Wählen …",
    remove: "Entfernen",
    loss: (name, own) =>
      own.length === 0
        ? html`Anmeldungen gleichen ${code(name)} nicht mehr ab; eigene Einstellungen, die verloren gingen, hat er nicht.`
        : html`Anmeldungen gleichen ${code(name)} nicht mehr ab, und seine eigenen Einstellungen gehen verloren: ${fieldList(own)}.`,
  },
  rejections: {
    "last-enabled-workspace":
      "Das ist der letzte eingeschaltete Arbeitsbereich. Um gar nicht mehr abzugleichen, schalten Sie den Gruppenabgleich aus.",
    "default-needs-successor": "Der Standard-Arbeitsbereich muss ein anderer, eingeschalteter sein.",
    "already-listed": "Der Arbeitsbereich steht schon in der Abgleichsliste.",
    "unknown-workspace": "Der Arbeitsbereich steht nicht in der Abgleichsliste.",
    "invalid-mapping": "Die Zuordnung hat Fehler.",
    "invalid-claim-name": "Ein solcher Claim findet nichts: Nennen Sie einen Namen.",
    "not-super-admin": "Das darf nur ein Super-Admin.",
  },
  unsaved: {
    title: "Nicht gespeicherte Änderungen",
    count: (changes) => count(changes, "nicht gespeicherte Änderung", "nicht gespeicherte Änderungen"),
    discard: "Verwerfen",
    review: "Prüfen und speichern",
    notYet: "noch nicht richtig",
    mendFirst: "Zuerst verbessern, was falsch ist",
  },
  commands: {
    enable: "Der Gruppenabgleich ist eingeschaltet.",
    disable: "Der Gruppenabgleich ist ausgeschaltet.",
    setClaim: (claim, where) => html`Der Claim ${at(where)} ist ${code(claim)}.`,
    setMapping: (where) => html`Die Zuordnung ${at(where)} hat einen anderen Text.`,
    setPolicy: (where) => html`Die Festlegungen ${at(where)} sind andere.`,
    inherit: (field, name) => html`${code(name)} erbt von der Instanz: ${fields[field]}.`,
    addWorkspace: (name) => html`${code(name)} kommt in die Abgleichsliste.`,
    enableWorkspace: (name) => html`${code(name)} wird wieder abgeglichen.`,
    disableWorkspace: (name) => html`${code(name)} wird nicht mehr abgeglichen. Die Einstellungen bleiben.`,
    removeWorkspace: (name, successor) =>
      successor === null
        ? html`${code(name)} wird aus der Abgleichsliste entfernt.`
        : html`${code(name)} wird aus der Abgleichsliste entfernt, und ${code(successor)} ist der Standard.`,
    setDefault: (name) => html`${code(name)} ist der Standard-Arbeitsbereich.`,
  },
  effects: { gains: "gewinnt", loses: "verliert", changes: "anders" },
  access: { role: "Rolle", noRole: "keine", becomes: "wird zu", joins: "tritt bei:", leaves: "verlässt:" },
  difference: {
    none: "Keine Gruppe des Identitätsanbieters wird anders behandelt als bisher. Was anders ist, zeigt sich unten bei den Personen.",
    count: (changes) => `${count(changes, "Gruppe wird", "Gruppen werden")} anders behandelt als bisher.`,
    pattern: "Muster",
    same: (names) => `Nichts ist anders in ${names.join(", ")}.`,
    begins: "Anmeldungen gleichen diesen Arbeitsbereich nun ab.",
    ends: "Anmeldungen gleichen diesen Arbeitsbereich nicht mehr ab. Alle behalten, was sie haben.",
  },
  impact: {
    progress: "Durchgesehene Personen",
    running: (done, all) => `${done.toLocaleString("de")} von ${count(all, "Person", "Personen")} durchgesehen …`,
    total: (affected, all) =>
      affected === 0
        ? `Niemand von ${count(all, "bekannten Person", "bekannten Personen")} hätte nach der nächsten Anmeldung etwas anderes.`
        : `${affected.toLocaleString("de")} von ${count(all, "bekannten Person", "bekannten Personen")} hätten nach der nächsten Anmeldung etwas anderes.`,
    withoutClaims: (people) =>
      `${count(people, "Person hat", "Personen haben")} sich noch nie per Single Sign-on angemeldet; über sie ist nichts bekannt.`,
    failed: "Wen es betrifft, ließ sich nicht ermitteln.",
    effect: "Wirkung",
    all: (changes) => `alle (${changes.toLocaleString("de")})`,
    workspace: "Arbeitsbereich",
    everyWorkspace: "alle",
    search: "Name oder E-Mail-Adresse",
    people: "Wen es betrifft",
    nobody: "Auf diese Filter passt niemand.",
    notMember: "noch kein Mitglied",
  },
  review: {
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
    refused: "Diese Änderungen passen nicht auf das, was inzwischen gespeichert wurde, und sind weggelassen:",
    losesTopRole: (people, role) =>
      html`${count(people, "Person verliert", "Personen verlieren")} die Rolle ${code(role)}. Geben Sie ${code(role)} ein, um trotzdem zu speichern.`,
    failing: "Einige Szenarien sind rot. Trotzdem speichern?",
    warnings: "Trotzdem speichern?",
    anyway: "Trotzdem speichern",
  },
  conflict: {
    title: "Jemand war schneller",
    explanation: (name, at) =>
      `${name} hat die Einstellungen am ${at} gespeichert, nachdem Sie begonnen hatten. Von Ihren Änderungen ist nichts verloren und nichts gespeichert.`,
    somebody: "Jemand",
    theirs: (version) => `Was jetzt gilt (Version ${version})`,
    yours: "Was Sie wollten",
    impossible: "Die Engine lehnt Ihre Änderungen ab.",
    document: "Die Einstellungen als JSON",
    rebase: "Meine Änderungen darauf anwenden",
    discard: "Meine Änderungen verwerfen",
    hint: "Danach können Sie sie noch einmal prüfen, bevor sie gespeichert werden. Wo beide dasselbe Feld geändert haben, gilt Ihres.",
  },
  scenarios: {
    count: (green, red) => `${green} grün, ${red} rot`,
    green: "wie erwartet",
    red: "anders als erwartet",
    notRun: "Sie ließen sich nicht ausführen.",
  },
};
