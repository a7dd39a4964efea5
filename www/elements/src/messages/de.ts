import type { ImportFormat } from "idp-group-sync";
import { html, type TemplateResult } from "lit";
import { diagnostics, fixTitle, helps, otherClaims, shown } from "./diagnostics-de.js";
import { joined, labelled, type Messages } from "./en.js";

// Everything that the elements and the page say, in German.

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

const codes = (names: readonly string[]): TemplateResult =>
  html`${names.map((name, place) => html`${place > 0 ? ", " : ""}<code>${name}</code>`)}`;

/** What was pasted, by its format. */
const pastedForms: Partial<Record<ImportFormat, string>> = {
  "argo-cd": "Eine Policy von Argo CD",
  coder: "Eine Zuordnung von Coder",
  csv: "Eine Tabelle",
  "csv-reversed": "Eine Tabelle",
  "flask-appbuilder": "Eine Zuordnung von Flask-AppBuilder",
  gitea: "Eine Team-Zuordnung von Gitea",
  gitlab: "Eine Liste der Group Links von GitLab",
  grafana: "Eine Zuordnung von Grafana",
  keycloak: "Eine Liste der Mapper von Keycloak",
  vault: "Eine Liste der Gruppen von Vault",
};

const named = (workspaces: readonly string[]) => {
  const names = workspaces.slice(0, 5).map((name) => `\`${name}\``);
  const left = workspaces.length - names.length;
  const last = left > 0 ? `${left} weiteren` : names.pop();
  return names.length === 0 ? `${last}` : `${names.join(", ")} und ${last}`;
};

export const de: Messages = {
  diagnostic: ({ code, params }) => diagnostics[code]?.(params),
  help: ({ code, params }) =>
    params.candidates === undefined || code !== "claim-missing" ? helps[code] : otherClaims(params.candidates),
  fix: fixTitle,

  inWorkspaces: {
    unknownTarget: (target, workspaces) =>
      `${shown(target)} gibt es in ${named(workspaces)} nicht und gewährt dort nichts`,
    unknownTargetHelp: "legen Sie die Gruppe dort an, oder geben Sie dem Arbeitsbereich eine eigene Zuordnung",
    only: (message, workspaces) => `${message} (in ${named(workspaces)})`,
  },

  severity: { error: "Fehler", warning: "Warnung", info: "Hinweis" },
  count: {
    error: (count) => counted(count, "Fehler", "Fehler"),
    warning: (count) => counted(count, "Warnung", "Warnungen"),
    info: (count) => counted(count, "Hinweis", "Hinweise"),
  },
  role: "Rolle",
  group: "Gruppe",
  idpGroup: "IdP-Gruppe",
  place: (line, column) => `Zeile ${line}, Spalte ${column}`,
  and: (count) => `Und noch ${count}.`,

  editor: {
    label: "Gruppenzuordnung",
    placeholder: "IdP-Gruppe -> Gruppe der Anwendung",
    keys: (): TemplateResult => html`<kbd>Strg</kbd> <kbd>Leertaste</kbd> schlägt vor · <kbd>Strg</kbd> <kbd>I</kbd>
      erklärt · <kbd>F2</kbd> benennt um · <kbd>F8</kbd> nächstes Problem · <kbd>Tab</kbd> verlässt den Editor`,
    fine: "Keine Probleme",
    tools: "Werkzeuge für die Zuordnung",
    text: "Text",
    table: "Tabelle",
    undo: "Rückgängig",
    redo: "Wiederholen",
    format: "Formatieren",
    explain: "Erklären",
    explainHelp: "Was der Eintrag an der Schreibmarke tut",
    rename: "Ziel umbenennen",
    close: "Schließen",
    formatted: "Formatiert.",
    formattedAlready: "Schon formatiert.",
    notFormatted: "Beheben Sie zuerst die Fehler: Text mit Fehlern lässt sich nicht formatieren.",
    noEntry: "An der Schreibmarke steht kein Eintrag.",
    noTarget: "An der Schreibmarke steht kein Ziel zum Umbenennen.",
    renaming: (name) => html`Neuer Name für <code>${name}</code>`,
    renameIn: (entries) => `In ${counted(entries, "Eintrag", "Einträgen")} umbenennen`,
    cancel: "Abbrechen",
    notAName: "Diesen Namen kann kein Eintrag haben.",
    renamed: (entries) => `In ${counted(entries, "Eintrag", "Einträgen")} umbenannt.`,
    converted: (from, entries) =>
      `${pastedForms[from] ?? "JSON"} wurde eingefügt und in ${counted(entries, "Eintrag", "Einträge")} verwandelt.`,
    convertedMore: (more) => `${more} weitere Hinweise.`,
    whichSide: "Auf welcher Seite stehen die IdP-Gruppen?",
    side: (from) => (from.endsWith("-reversed") ? "Rechts" : "Links"),
    asPasted: "Wie eingefügt lassen",
  },

  explanation: {
    members: (source, pattern, label) =>
      pattern
        ? html`Mitglieder jeder IdP-Gruppe, auf die <code>${source}</code> passt,`
        : html`Mitglieder der IdP-Gruppe <code>${source}</code>${labelled(label)}`,
    membersOfAll: (needed, excluded) =>
      html`Mitglieder von ${joined(needed, "und", "einer Gruppe wie")}${
        excluded.length > 0 ? html`, aber nicht von ${joined(excluded, "oder", "einer Gruppe wie")},` : ""
      }`,
    role: (members, target) => html`${members} bekommen die Rolle <code>${target}</code>.`,
    group: (members, target) => html`${members} treten der Gruppe <code>${target}</code> bei.`,
    capture: (members, target) =>
      html`${members} treten der Gruppe bei, die der Stern in <code>${target}</code> nennt.`,
    unknown: (target) =>
      html`Es gibt weder eine Rolle noch eine Gruppe <code>${target}</code>, daher vergibt dieser Eintrag nichts.`,
    unknownIn: (workspaces) =>
      html`In ${codes(workspaces)} gibt es dieses Ziel nicht: Dort gewährt der Eintrag nichts.`,
    broken: "Die Zuordnung hat Fehler und läuft deshalb nicht.",
    alone: (role, groups) =>
      html`Wer nur diese IdP-Gruppe hat, bekommt die Rolle <code>${role}</code> und
        ${groups.length === 0 ? "ist in keiner Gruppe" : html`ist in ${codes(groups)}`}.`,
    touched: (users, of) =>
      users === 0
        ? `0 von ${of} bekannten Nutzern haben solch eine Gruppe.`
        : `Betrifft ${users} von ${of} bekannten Nutzern.`,
    counting: (done, of) => `Bekannte Nutzer werden gezählt: ${done} von ${of}.`,
  },

  table: {
    label: "Gruppenzuordnung als Tabelle",
    source: "IdP-Gruppe",
    target: "Rolle oder Gruppe",
    problems: "Probleme",
    filter: "Filter",
    total: (total) => counted(total, "Zeile", "Zeilen"),
    page: (first, last, total) => `Zeilen ${first} bis ${last} von ${total}`,
    previous: "Vorige Zeilen",
    next: "Nächste Zeilen",
    sourceOf: (row) => `IdP-Gruppe, Zeile ${row}`,
    targetOf: (row) => `Rolle oder Gruppe, Zeile ${row}`,
    lineOf: (line) => `Zeile ${line} des Textes, die nicht lesbar ist`,
    newSource: "IdP-Gruppe eines neuen Eintrags",
    newTarget: "Rolle oder Gruppe eines neuen Eintrags",
    add: "Hinzufügen",
    remove: (source, target) => `${source} → ${target} entfernen`,
    removeLine: (line) => `Zeile ${line} des Textes entfernen`,
    star: "* ist beliebiger Text",
    change: "Ändern",
    noName: "Diesen Namen kann kein Eintrag haben.",
    noPattern: "Ein Muster enthält kein Komma, keine Anführungszeichen am Rand und keinen Pfeil.",
    noCapture: "Die IdP-Gruppe und die Gruppe brauchen je einen Stern.",
    none: "Noch keine Einträge.",
    nothingFound: "Keine Einträge gefunden.",
  },

  preview: {
    waiting: "Wartet auf ein Token",
    waitingHelp: "Sobald seine Claims lesbar sind, steht hier, was die Anmeldung täte.",
    invalidMapping: "Diese Zuordnung läuft nicht",
    invalidMappingHelp:
      "Eine Zuordnung mit Fehlern läuft gar nicht: Bis sie behoben sind, ändern Anmeldungen keine Rollen und Gruppen.",
    invalidInput: "Das ist noch nicht lesbar",
    invalidInputAt: (path) => html`Es steht bei <code>${path}</code>.`,
    outcome: {
      resolved: "Meldet sich an und wird abgeglichen",
      "no-match": "Keine IdP-Gruppe passt",
      keep: "Nichts ändert sich",
      deny: "Abgewiesen",
    },
    claim: (name, path, state) =>
      html`Der Claim <code>${name}</code>${path === undefined ? "" : html`, gefunden unter <code>${path}</code>,`} ${state}.`,
    claimState: {
      present: (count) => `enthält ${counted(count, "Gruppe", "Gruppen")}`,
      empty: () => "ist da, aber leer",
      missing: () => "ist nicht in diesem Token",
      malformed: () => "ist nicht als Gruppen lesbar",
      incomplete: () => "wurde in diesem Token ausgelassen",
    },
    role: "Rolle",
    groups: "Gruppen",
    none: "keine",
    reason: {
      default: () => html`Keine Gruppe vergibt oder braucht eine Rolle, also ist es die niedrigste.`,
      "role-group": (name) => html`Die IdP-Gruppe <code>${name}</code> vergibt diese Rolle.`,
      "required-by": (name) => html`Die Gruppe <code>${name}</code> braucht mindestens diese Rolle.`,
      kept: () => html`Die Regeln behalten die jetzige Rolle bei.`,
    },
    matches: "Was jede IdP-Gruppe trifft",
    byMapping: (lines) => {
      if (lines.length === 0) return "durch die Zuordnung";
      return `durch die Zuordnung, ${lines.length === 1 ? "Zeile" : "Zeilen"} ${lines.join(", ")}`;
    },
    byName: "durch den Namen",
    unmet: "Bedingungen, die nicht erfüllt sind",
    unmetNeeds: (line) => `Zeile ${line} braucht auch`,
    unmetExcludes: (line) => `Zeile ${line} schließt aus, und die Person ist in`,
    noMatch: "trifft nichts",
    nearMiss: "trifft fast",
    nothing: "nichts",
    grants: "vergibt",
    unknown: "unbekannt, vergibt nichts",
    showEntry: ": den Eintrag in der Zuordnung zeigen",
    showAll: (count) => `Alle ${count} IdP-Gruppen zeigen`,
    spokenWaiting: "Kein Ergebnis: Es gibt keine lesbaren Claims.",
    spokenInvalidMapping: (count) => `Kein Ergebnis: Die Zuordnung hat ${count}.`,
    spokenInvalidInput: (message) => `Kein Ergebnis: ${message}.`,
    spoken: (title, role, groups) =>
      `${title}. Rolle: ${role}. ${groups.length === 0 ? "Keine Gruppen" : `Gruppen: ${groups.join(", ")}`}.`,
  },

  claims: {
    label: "Token: Claims als JSON, oder ein JWT",
    empty: "Fügen Sie hier die Claims eines Tokens ein, als JSON oder als das Token selbst",
    decoded: "JWT in dieser Seite dekodiert. Die Signatur wurde nicht geprüft, und nichts wurde gesendet.",
    help: "JSON, oder ein ganzes JWT: Es wird in dieser Seite gelesen und nirgends hin gesendet.",
    noJson: "Das ist kein JSON",
    mistakes: {
      InvalidSymbol: "Das ist weder ein JSON-Wert noch ein JWT: Text braucht doppelte Anführungszeichen",
      InvalidNumberFormat: "So schreibt JSON keine Zahl",
      PropertyNameExpected: "Hier fehlt ein Name in doppelten Anführungszeichen",
      ValueExpected: "Hier fehlt ein Wert",
      ColonExpected: "Hier fehlt ein Doppelpunkt",
      CommaExpected: "Hier fehlt ein Komma",
      CloseBraceExpected: "Hier fehlt eine schließende Klammer }",
      CloseBracketExpected: "Hier fehlt eine schließende Klammer ]",
      EndOfFileExpected: "Das JSON ist vorher zu Ende",
      InvalidCommentToken: "JSON hat keine Kommentare",
      UnexpectedEndOfComment: "JSON hat keine Kommentare",
      UnexpectedEndOfString: "Hier fehlt ein schließendes Anführungszeichen",
      UnexpectedEndOfNumber: "Die Zahl ist hier abgeschnitten",
      InvalidUnicode: "\\u braucht vier hexadezimale Ziffern",
      InvalidEscapeCharacter: "Diese Escape-Folge gibt es in JSON nicht",
      InvalidCharacter: "Dieses Zeichen braucht eine Escape-Folge",
    },
  },

  claim: {
    name: "Name des Claims",
    delimiter: "Trennzeichen",
    delimiterHelp: "Teilt einen Claim, der ein einziger Text ist, etwa am Komma.",
    item: "Jedes Element ist",
    itemHelp: "Wie der Name einer Gruppe im Token steht.",
    items: {
      text: "der Name der Gruppe",
      key: "ein Schlüssel eines Objekts",
      flag: "true, und der Name des Claims zählt",
      "last-path-segment": "ein Pfad; sein letzter Teil zählt",
      "ldap-cn": "ein LDAP-Name; sein CN zählt",
      "ldap-ou": "ein LDAP-Name; seine OU zählt",
      field: "ein Objekt mit einem Feld",
    },
    field: "Feld",
    fieldHelp: "Das Feld jedes Objekts, in dem der Name steht.",
  },

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
      label: "Wenn keine Gruppe eine Rolle vergibt",
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
    options: "Claim und Regeln im Einzelnen",
    token: "Token",
    application: "Anwendung",
    outcome: "Ergebnis der Anmeldung",
    footer:
      "Entschieden in dieser Seite, von derselben Maschine, die bei der Anmeldung entscheidet. Nichts, was Sie tippen oder einfügen, verlässt die Seite.",
    samples: "Beispiele",
    scenarios: "Fälle",
    tokens: "Token",
    toLight: "Zum hellen Design wechseln",
    toDark: "Zum dunklen Design wechseln",
  },
};
