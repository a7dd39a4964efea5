import type { Messages } from "./en.js";

/** Everything that only the preview page says, in German. */
export const words: Messages = {
  policy: {
    require: { label: "Wer überhaupt zugelassen wird", hint: "alle" },
    matchByName: {
      label: "Gruppen durch den Namen treffen",
      answers: { true: "Rollen und Gruppen", "groups-only": "nur Gruppen", false: "nie" },
    },
    noMatch: {
      label: "Wenn nichts passt",
      answers: { "default-role": "die niedrigste Rolle geben", keep: "nichts ändern", deny: "abweisen" },
    },
    missingClaim: {
      label: "Wenn der Claim fehlt",
      answers: { "no-groups": "als leer ansehen", keep: "nichts ändern", deny: "abweisen" },
    },
    unreadableClaim: {
      label: "Wenn der Claim unlesbar ist",
      answers: { keep: "nichts ändern", deny: "abweisen" },
    },
    roleWithoutRoleGroup: {
      label: "Wenn keine Gruppe eine Rolle gibt",
      answers: {
        infer: "aus den Gruppen ableiten",
        "keep-manual": "eine von Hand gegebene Rolle behalten",
        keep: "die jetzige Rolle behalten",
      },
    },
  },

  catalog: {
    groups: "Gruppen",
    groupName: (place) => `Name der Gruppe ${place}`,
    groupNeeds: (name) => `Gruppe ${name} `,
    needs: "braucht",
    noRole: "nichts",
    removeGroup: (name) => `Gruppe ${name} entfernen`,
    addGroup: "Gruppe hinzufügen",
    newGroup: "neue-gruppe",
    roles: "Rollen, niedrigste zuerst",
    roleName: (place) => `Name der Rolle ${place}`,
    removeRole: (name) => `Rolle ${name} entfernen`,
    addRole: "Rolle hinzufügen",
    newRole: "neue-rolle",
  },

  page: {
    title: "Gruppenabgleich: Vorschau",
    settings: "Einstellungen zum Gruppenabgleich",
    options: "Claim-Optionen und Festlegungen",
    token: "Token",
    application: "Anwendung",
    outcome: "Ergebnis der Anmeldung",
    footer:
      "Entschieden in dieser Seite, von derselben Maschine, die bei der Anmeldung entscheidet. Nichts, was Sie tippen oder einfügen, verlässt die Seite.",
    samples: "Beispiele",
    scenarios: "Konfigurationen",
    tokens: "Token",
  },
};
