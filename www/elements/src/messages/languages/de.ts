import type { ClaimOptions, Diagnostic, DiagnosticCode, Fix, ImportFormat } from "idp-group-sync";
import { html, type TemplateResult } from "lit";
import { claimText } from "../../claim-fields.js";
import { codes, joined, labelled, numbers, shown, workspaceList } from "../phrases.js";
import type { Messages } from "./en.js";

// Everything that the elements say, in German.

const { number, count: counted } = numbers("de");

const named = (workspaces: readonly string[]) => workspaceList(workspaces, "und", (left) => `${left} weiteren`);

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

export const words: Messages = {
  diagnostic: ({ code, params }) => diagnostics[code]?.(params),
  help: ({ code, params }) =>
    params.candidates === undefined || code !== "claim-missing" ? helps[code] : otherClaims(params.candidates),
  fix: fixTitle,

  inWorkspaces: {
    unknownTarget: (target, workspaces) =>
      `${shown(target)} gibt es in ${named(workspaces)} nicht und gibt dort nichts`,
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
      html`Es gibt weder eine Rolle noch eine Gruppe <code>${target}</code>, daher gibt dieser Eintrag nichts.`,
    unknownIn: (workspaces) => html`In ${codes(workspaces)} gibt es dieses Ziel nicht: Dort gibt der Eintrag nichts.`,
    broken: "Die Zuordnung hat Fehler und läuft deshalb nicht.",
    alone: (role, groups) =>
      html`Wer nur diese IdP-Gruppe hat, bekommt die Rolle <code>${role}</code> und
        ${groups.length === 0 ? "ist in keiner Gruppe" : html`ist in ${codes(groups)}`}.`,
    touched: (users, of) =>
      users === 0
        ? `0 von ${counted(of, "bekannten Person hat", "bekannten Personen haben")} solch eine Gruppe.`
        : `Betrifft ${number(users)} von ${counted(of, "bekannten Person", "bekannten Personen")}.`,
    counting: (done, of) => `Bekannte Personen werden gezählt: ${number(done)} von ${number(of)}.`,
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
      default: () => html`Keine Gruppe gibt oder braucht eine Rolle, also ist es die niedrigste.`,
      "role-group": (name) => html`Die IdP-Gruppe <code>${name}</code> gibt diese Rolle.`,
      "required-by": (name) => html`Die Gruppe <code>${name}</code> braucht mindestens diese Rolle.`,
      kept: () => html`Die Festlegungen behalten die jetzige Rolle bei.`,
    },
    matches: "Worauf jede IdP-Gruppe passt",
    byMapping: (lines) => {
      if (lines.length === 0) return "durch die Zuordnung";
      return `durch die Zuordnung, ${lines.length === 1 ? "Zeile" : "Zeilen"} ${lines.join(", ")}`;
    },
    byName: "durch den Namen",
    unmet: "Bedingungen, die nicht erfüllt sind",
    unmetNeeds: (line) => `Zeile ${line} braucht auch`,
    unmetExcludes: (line) => `Zeile ${line} schließt aus, und die Person ist in`,
    noMatch: "passt nicht",
    nearMiss: "passt fast",
    nothing: "nichts",
    grants: "gibt",
    unknown: "unbekannt, gibt nichts",
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

  theme: {
    toLight: "Zum hellen Design wechseln",
    toDark: "Zum dunklen Design wechseln",
  },

  start: {
    failed: "Die Seite ließ sich nicht laden. Vielleicht ist die Verbindung unterbrochen.",
    again: "Noch einmal versuchen",
  },
};

// What the engine finds in a mapping or a token: it speaks English, and its codes are put into words here.

type Params = Record<string, string>;

const diagnostics: Record<DiagnosticCode, (params: Params) => string> = {
  "text-too-long": ({ bytes, limit }) => `die Zuordnung hat ${bytes} Bytes; höchstens ${limit} werden gelesen`,
  "too-many-entries": ({ limit }) => `die Zuordnung hat mehr als ${limit} Einträge; der Rest wurde nicht gelesen`,
  "name-too-long": ({ characters, limit }) => `der Name hat ${characters} Zeichen; höchstens ${limit} sind erlaubt`,
  "missing-arrow": ({ name, found }) =>
    found === undefined ? `in ${shown(name)} fehlt der Pfeil` : `${shown(found)} ist kein Pfeil`,
  "missing-source": () => "vor dem Pfeil steht keine IdP-Gruppe",
  "missing-target": () => "hinter dem Pfeil steht weder eine Rolle noch eine Gruppe der Anwendung",
  "extra-arrow": () => "ein Eintrag hat nur einen Pfeil",
  "unterminated-quote": ({ name }) => `das Anführungszeichen von ${shown(name)} wird in seiner Zeile nicht geschlossen`,
  "text-after-quote": ({ text }) => `${shown(text)} steht hinter dem schließenden Anführungszeichen`,
  "unknown-escape": (params) => `${shown(params.escape)} ist keine Escape-Folge`,
  "capture-without-pattern": ({ target }) => `der \`*\` in ${shown(target)} steht für nichts`,
  "too-many-terms": ({ terms, limit }) => `die Bedingung hat ${terms} Teile, höchstens ${limit} werden gelesen`,
  "too-many-stars": ({ stars, limit }) => `das Muster hat ${stars} Sterne, höchstens ${limit} sind möglich`,
  "condition-without-group": ({ source }) => `${shown(source)} nennt keine IdP-Gruppe, die jemand haben muss`,
  "alternative-sources": () => "`||` verbindet keine IdP-Gruppen",
  "condition-in-target": ({ target }) => `in ${shown(target)} steht, was vor den Pfeil gehört`,
  "other-format": ({ format }) => `das ist ${format} und keine Zuordnung`,
  contradiction: ({ name, excluded }) => `niemand hat ${shown(name)}, ohne ${shown(excluded)} zu haben`,
  "other-quotes": ({ name }) => `die Anführungszeichen von ${shown(name)} sind Teil des Namens`,
  "other-separator": ({ found }) => `${shown(found)} trennt keine Einträge`,
  "regular-expression": ({ source }) => `${shown(source)} ist hier kein regulärer Ausdruck`,
  "unusual-space": ({ name, character }) =>
    `${shown(name)} enthält ein anderes Leerzeichen als das übliche, ${character}`,
  "single-operator": ({ name, found }) => `das ${shown(found)} ist Teil des Namens ${shown(name)}`,
  "commented-entry": ({ source }) => `${shown(source)} beginnt einen Kommentar, das ist kein Eintrag`,
  "empty-entry": () => "zwischen zwei Kommas steht nichts",
  "duplicate-entry": ({ source, target }) => `${shown(source)} ist schon ${shown(target)} zugeordnet`,
  "without-nothing": ({ entry }) => `den Eintrag ${shown(entry)} gibt es nicht, also fällt keiner weg`,
  "unknown-source": ({ source }) =>
    `${shown(source)} ist keine der bekannten IdP-Gruppen, also hat sie vielleicht niemand`,
  "unknown-target": ({ target }) => `${shown(target)} kann hier nicht vergeben werden, der Eintrag gibt dafür nichts`,
  "role-spelling": ({ target, role }) => `${shown(target)} gibt die Rolle ${shown(role)}`,
  "replaces-name-match": ({ source, kind }) =>
    `${shown(source)} passt nicht mehr auf die ${kind === "role" ? "Rolle" : "Gruppe"} desselben Namens`,
  "redundant-entry": ({ source }) => `${shown(source)} passt auch ohne diesen Eintrag, durch den Namen`,
  "pattern-grants-role": ({ source, role }) =>
    `jede IdP-Gruppe, auf die ${shown(source)} jetzt oder später passt, gibt die Rolle ${shown(role)}`,
  "grants-top-role": ({ source, role }) =>
    `die Mitglieder von ${shown(source)} bekommen die höchste Rolle, ${shown(role)}`,
  "lookalike-names": ({ name, other }) =>
    `${shown(name)} sieht aus wie ${shown(other)}, aber Namen werden genau verglichen`,
  "names-collide": ({ name, other }) =>
    `${shown(other)} und ${shown(name)} sind ein Name, da die Schreibung nicht zählt`,
  "role-and-group": ({ name }) => `${shown(name)} ist eine Rolle und eine Gruppe der Anwendung; gemeint ist die Rolle`,
  "invisible-character": ({ name, character }) =>
    `${shown(name)} enthält ein Zeichen, das man nicht sieht: ${character}`,
  "claim-missing": ({ claim }) => `das Token hat keinen Claim ${shown(claim)}`,
  "claim-case": ({ found }) =>
    `das Token hat einen Claim ${shown(found)}; bei Claims zählt die Groß- und Kleinschreibung`,
  "claim-malformed": ({ item }) =>
    item === undefined
      ? "der Claim ist keine Liste von Gruppennamen, daher sind die Gruppen nicht zu erkennen"
      : `Element ${item} des Claims ist kein Gruppenname, daher sind die Gruppen nicht zu erkennen`,
  "claim-looks-encoded": ({ item }) =>
    item === undefined
      ? "der Claim ist eine Liste oder ein Objekt, als Text geschrieben, daher sind die Gruppen nicht zu erkennen"
      : `Element ${item} des Claims ist eine Liste oder ein Objekt, als Text geschrieben, daher sind die Gruppen nicht zu erkennen`,
  "claim-too-many-groups": ({ count, limit }) => `der Claim hat ${count} Gruppen; höchstens ${limit} werden gelesen`,
  "claim-incomplete": ({ found }) =>
    `das Token enthält die Gruppen nicht: ${found} besagt, dass sie anderswo abzuholen sind`,
  "claim-looks-delimited": ({ found }) =>
    `der Claim ist der eine Text ${shown(found)}, der wie eine Liste aussieht; er wurde als eine Gruppe gelesen`,
  "import-unknown-format": ({ text }) => `${shown(text)} ist nicht der Anfang eines bekannten Formats`,
  "import-direction": () => "die IdP-Gruppen können auf jeder der beiden Seiten stehen",
  "import-unreadable": ({ text }) => `${shown(text)} kann nicht gelesen werden`,
  "import-not-sayable": ({ text, reason }) => `${shown(text)} hat in einer Zuordnung kein Gegenstück${because(reason)}`,
  "import-differs": ({ text, reason }) => `${shown(text)} bedeutet hier etwas anderes${because(reason)}`,
  "claim-empty-item": ({ count }) => `leere Gruppennamen im Claim wurden ausgelassen: ${count}`,
  "claim-item-skipped": ({ count }) => `LDAP-Namen im Claim, die keine Gruppen sind, wurden ausgelassen: ${count}`,
  "raised-by-group": ({ granted, role, group }) =>
    `vergeben ist ${shown(granted)}, aber die Gruppe ${shown(group)} braucht ${shown(role)}`,
  "explanation-cut": ({ limit }) => `die Begründung endet nach ${limit} Vergaben; entschieden wurde über alle`,
  "last-admin-unknown": ({ from, to }) =>
    `die Rolle sinkt von ${shown(from)} auf ${shown(to)}, und es ist nicht bekannt, ob sonst noch jemand die höchste Rolle hat`,
  "method-not-synced": ({ method }) =>
    `eine Anmeldung mit ${shown(method)} gleicht nichts ab; ihre Claims oder Gruppen werden nicht angesehen`,
  "custom-groups-unlicensed": () => "die Lizenz enthält keine eigenen Gruppen, daher werden nur Rollen abgeglichen",
  "invalid-membership": ({ workspace }) =>
    `die Mitgliedschaft in ${shown(workspace)} nennt eine Rolle, die es dort nicht gibt`,
};

/** Why something that was imported is not as it was. */
const reasons: Record<string, string> = {
  "everybody-else": "jeder bekommt es; hier entscheiden darüber die niedrigste Rolle und die Festlegungen",
  name: "kein Eintrag kann so einen Namen haben",
  limit: "eine Zuordnung hat höchstens 50.000 Einträge und 4 MiB",
  "not-a-group": "es hängt von keiner Gruppe ab",
  filter: "Gruppen werden beim Namen genannt oder durch ein Muster mit `*`",
  "all-users": "dort bekommt es auch, wer keine Gruppe hat",
  id: "es ist eine Kennung; schreiben Sie den Namen in der Anwendung",
  expression: "ein Eintrag fragt, welche Gruppen da sind",
  precedence: "dort gilt die niedrigere Rolle davor; hier gilt die höhere",
  organization: "eine Zuordnung kennt keine Organisationen, darum stehen sie vor der Rolle",
  admittance: "wer zugelassen wird, sagen die Festlegungen",
  "other-right":
    "es gibt etwas anderes als die Zuordnung; schreiben Sie einen Eintrag für das, was die Anwendung dafür hat",
  "first-login":
    "dort wird es nur bei der ersten Anmeldung vergeben; hier sagen die Festlegungen, wann abgeglichen wird",
  permission: "eine Zuordnung gibt Rollen und Gruppen, keine Rechte",
  inheritance: "eine Zuordnung gibt Rollen an IdP-Gruppen, nicht an andere Rollen",
  "custom-role": "es ist die Kennung einer eigenen Rolle; geschrieben wurde die Rolle, auf der sie beruht",
  providers: "es gehört zu einem anderen Identitätsanbieter, der eigene Einstellungen hat",
  claims: "es wird aus einem anderen Claim gelesen, der auch einzustellen ist",
  column: "eine Zuordnung hat zwei Seiten, die IdP-Gruppe und was sie gibt",
};

const because = (reason = "") => (reasons[reason] === undefined ? "" : `: ${reasons[reason]}`);

const helps: Partial<Record<DiagnosticCode, string>> = {
  "text-too-long": "lassen Sie Muster die Arbeit vieler Einträge tun",
  "too-many-entries": "lassen Sie Muster die Arbeit vieler Einträge tun",
  "missing-arrow": "schreiben Sie `IdP-Gruppe -> Gruppe der Anwendung`, und Namen mit Komma in Anführungszeichen",
  "missing-source": "schreiben Sie `IdP-Gruppe -> Gruppe der Anwendung`",
  "missing-target": "schreiben Sie `IdP-Gruppe -> Gruppe der Anwendung`",
  "extra-arrow": "schreiben Sie für jedes Ziel einen Eintrag, oder setzen Sie den Namen in Anführungszeichen",
  "unterminated-quote": 'schließen Sie den Namen mit `"`',
  "text-after-quote": "Anführungszeichen stehen um den ganzen Namen",
  "unknown-escape": "schreiben Sie in Anführungszeichen `\\\\` für einen Backslash",
  "capture-without-pattern": "ein Ziel darf einen `*` haben, wenn seine Quelle genau einen hat",
  "too-many-terms": "ein Muster kann für mehrere Teile stehen",
  "too-many-stars": "ein Stern kann für alles zwischen zwei anderen stehen",
  "condition-without-group": "fügen Sie eine Gruppe ohne `!` hinzu; `*` ist jede IdP-Gruppe",
  "alternative-sources": "schreiben Sie für jede einen Eintrag, mit demselben Ziel",
  "condition-in-target": "ein Ziel ist eine Rolle oder Gruppe; schreiben Sie für jedes einen Eintrag",
  "other-format": "importieren Sie es, dann wird es umgewandelt",
  "other-quotes": 'Namen, die Anführungszeichen brauchen, stehen in `"`',
  "other-separator": "trennen Sie Einträge durch Kommas oder Zeilen",
  "regular-expression": "in einem Muster ist `*` jede Zeichenfolge, sonst hat nichts eine Bedeutung",
  "single-operator": "Gruppen, die jemand alle haben muss, verbindet `&&`",
  "commented-entry": "setzen Sie einen Namen, der mit `#` beginnt, in Anführungszeichen",
  "without-nothing": "nehmen Sie ihn heraus, oder schreiben Sie ihn so, wie die Zuordnung ihn hat",
  "unknown-source": "bekannt ist eine IdP-Gruppe, sobald jemand sie in einem Token hatte, oder aus einem Verzeichnis",
  "unknown-target": "legen Sie die Gruppe in der Anwendung an, oder nennen Sie eine, die es gibt",
  "pattern-grants-role": "nennen Sie die IdP-Gruppen, die eine Rolle geben, beim Namen",
  "names-collide": "nehmen Sie eine Schreibung, oder vergleichen Sie Namen genau",
  "role-and-group": "benennen Sie die Gruppe um, sonst erreicht sie keine Zuordnung",
  "last-admin-unknown": "geben Sie mit `guards.lastAdmin` an, ob sonst noch jemand die höchste Rolle hat",
  "claim-case": "schreiben Sie den Namen des Claims wie das Token",
  "claim-malformed": "der Identitätsanbieter muss eine Liste von Texten senden",
  "claim-looks-encoded": "wenn darin Gruppen stehen, stellen Sie mit `decode` ein, wie sie geschrieben sind",
  "claim-too-many-groups": "lassen Sie nur die Gruppen senden, die diese Anwendung braucht",
  "claim-incomplete": "holen Sie die Gruppen beim Identitätsanbieter ab und übergeben Sie sie als Liste",
  "claim-looks-delimited": "wenn es eine Liste ist, stellen Sie das Trennzeichen ein",
};

/** The claims that may be meant, of which the engine gives the settings. */
function otherClaims(candidates: string): string {
  const settings: ClaimOptions[] = JSON.parse(candidates);
  const names = settings.map((setting) => shown(claimText(setting)));
  return `wenn die Gruppen in einem anderen Claim stehen, stellen Sie ihn ein: das Token hat ${names.join(", ")}`;
}

/** What a fix does, told by what it is for and by what it writes. */
function fixTitle({ code }: Diagnostic, { edits }: Fix): string {
  const written = edits[0]?.text ?? "";
  switch (code) {
    case "unknown-escape":
      return "den Backslash als `\\\\` schreiben";
    case "unterminated-quote":
      return "das Anführungszeichen schließen";
    case "extra-arrow":
      return written.startsWith(",") ? "durch Kommas trennen" : "den überzähligen Pfeil entfernen";
    case "alternative-sources":
      return "für jede einen Eintrag schreiben";
    case "other-separator":
      return "das Zeichen entfernen";
    case "unusual-space":
      return written.includes("\\u{") ? "als Escape-Folge schreiben" : "ein übliches Leerzeichen schreiben";
    case "empty-entry":
      return "das überzählige Komma entfernen";
    case "duplicate-entry":
    case "redundant-entry":
      return "den Eintrag entfernen";
    case "invisible-character":
      return "entfernen, was man nicht sieht";
    case "text-after-quote":
    case "condition-in-target":
    case "commented-entry":
    case "capture-without-pattern":
      return "in Anführungszeichen setzen";
    case "missing-arrow":
      if (written.includes("->") && written.trim() !== "->") {
        return "für jeden Namen einen Eintrag schreiben";
      }
      return written.startsWith('"') ? "in Anführungszeichen setzen" : "`->` schreiben";
    default:
      return `${shown(written)} schreiben`;
  }
}
