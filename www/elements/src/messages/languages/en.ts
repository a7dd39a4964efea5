import type { Diagnostic, Fix, ImportFormat } from "idp-group-sync";
import { html, type TemplateResult } from "lit";
import { codes, type ExplainedTerm, joined, labelled, numbers, workspaceList } from "../phrases.js";

// Everything that the elements say, in English. What the engine says is English by itself.

const { number, count: counted } = numbers("en");

const named = (workspaces: readonly string[]) => workspaceList(workspaces, "and", (left) => `${left} more`);

/** What was pasted, by its format. */
const pastedForms: Partial<Record<ImportFormat, string>> = {
  "argo-cd": "A policy of Argo CD",
  coder: "A mapping of Coder",
  csv: "A table",
  "csv-reversed": "A table",
  "flask-appbuilder": "A mapping of Flask-AppBuilder",
  gitea: "A team map of Gitea",
  gitlab: "A list of group links of GitLab",
  grafana: "A mapping of Grafana",
  keycloak: "A list of mappers of Keycloak",
  vault: "A list of groups of Vault",
};

export const words = {
  /** The words for a diagnostic, a help and a fix; `undefined` where the engine's own are to be shown. */
  diagnostic: (_diagnostic: Diagnostic): string | undefined => undefined,
  help: (diagnostic: Diagnostic): string | undefined => diagnostic.help,
  fix: (_diagnostic: Diagnostic, fix: Fix): string => fix.title,

  /** Of a mapping that holds for several workspaces: what is so in some of them. */
  inWorkspaces: {
    unknownTarget: (target: string, workspaces: readonly string[]) =>
      `\`${target}\` is not in ${named(workspaces)}: it grants nothing there`,
    unknownTargetHelp: "create the group there, or give that workspace a mapping of its own",
    only: (message: string, workspaces: readonly string[]) => `${message} (in ${named(workspaces)})`,
  },

  severity: { error: "error", warning: "warning", info: "note" },
  count: {
    error: (count: number) => counted(count, "error", "errors"),
    warning: (count: number) => counted(count, "warning", "warnings"),
    info: (count: number) => counted(count, "note", "notes"),
  },
  role: "role",
  group: "group",
  idpGroup: "IdP group",
  place: (line: number, column: number) => `line ${line}, column ${column}`,
  and: (count: string) => `And ${count} more.`,

  editor: {
    label: "Group mapping",
    placeholder: "IdP group -> app group",
    keys: (): TemplateResult => html`<kbd>Ctrl</kbd> <kbd>Space</kbd> suggests · <kbd>Ctrl</kbd> <kbd>I</kbd> explains ·
      <kbd>F2</kbd> renames · <kbd>F8</kbd> next problem · <kbd>Tab</kbd> leaves the editor`,
    fine: "No problems",
    tools: "Mapping tools",
    text: "Text",
    table: "Table",
    undo: "Undo",
    redo: "Redo",
    format: "Format",
    explain: "Explain",
    explainHelp: "What the entry at the cursor does",
    rename: "Rename target",
    close: "Close",
    formatted: "Formatted.",
    formattedAlready: "Already formatted.",
    notFormatted: "Fix the errors first: text with errors cannot be formatted.",
    noEntry: "There is no entry at the cursor.",
    noTarget: "There is no target at the cursor to rename.",
    renaming: (name: string): TemplateResult => html`New name for <code>${name}</code>`,
    renameIn: (entries: number) => `Rename in ${counted(entries, "entry", "entries")}`,
    cancel: "Cancel",
    notAName: "An entry cannot use this name.",
    renamed: (entries: number) => `Renamed in ${counted(entries, "entry", "entries")}.`,
    converted: (from: ImportFormat, entries: number) =>
      `${pastedForms[from] ?? "JSON"} was converted to ${counted(entries, "entry", "entries")}.`,
    convertedMore: (more: number) => `${more} more remarks.`,
    whichSide: "Which side of the pasted text has the IdP groups?",
    side: (from: ImportFormat): string => (from.endsWith("-reversed") ? "On the right" : "On the left"),
    asPasted: "Keep it as pasted",
  },

  explanation: {
    members: (source: string, pattern: boolean, label: string | undefined): TemplateResult =>
      pattern
        ? html`Members of each IdP group that matches <code>${source}</code>`
        : html`Members of the IdP group <code>${source}</code>${labelled(label)}`,
    membersOfAll: (needed: readonly ExplainedTerm[], excluded: readonly ExplainedTerm[]): TemplateResult =>
      html`Members of ${joined(needed, "and", "a group like")}${
        excluded.length > 0 ? html`, but not of ${joined(excluded, "or", "a group like")},` : ""
      }`,
    role: (members: TemplateResult, target: string): TemplateResult =>
      html`${members} get the role <code>${target}</code>.`,
    group: (members: TemplateResult, target: string): TemplateResult =>
      html`${members} join the group <code>${target}</code>.`,
    capture: (members: TemplateResult, target: string): TemplateResult =>
      html`${members} join the group that the star names in <code>${target}</code>.`,
    unknown: (target: string): TemplateResult =>
      html`No role or group is called <code>${target}</code>, so this entry grants nothing.`,
    unknownIn: (workspaces: readonly string[]): TemplateResult =>
      html`In ${codes(workspaces)} there is no such target: the entry grants nothing there.`,
    broken: "The mapping has errors, so it does not run.",
    alone: (role: string, groups: string[]): TemplateResult =>
      html`Somebody with this IdP group alone has the role <code>${role}</code> and
        ${groups.length === 0 ? "is in no group" : html`is in ${codes(groups)}`}.`,
    touched: (users: number, of: number) =>
      users === 0
        ? `0 of ${counted(of, "known person has", "known people have")} such a group.`
        : `Affects ${number(users)} of ${counted(of, "known person", "known people")}.`,
    counting: (done: number, of: number) => `Counting known people: ${number(done)} of ${number(of)}.`,
  },

  table: {
    label: "Group mapping as a table",
    source: "IdP group",
    target: "Role or group",
    problems: "Problems",
    filter: "Filter",
    total: (total: number) => `${counted(total, "row", "rows")}`,
    page: (first: number, last: number, total: number) => `Rows ${first} to ${last} of ${total}`,
    previous: "Previous rows",
    next: "Next rows",
    sourceOf: (row: number) => `IdP group, row ${row}`,
    targetOf: (row: number) => `Role or group, row ${row}`,
    lineOf: (line: number) => `Line ${line}, which cannot be read`,
    newSource: "IdP group of a new entry",
    newTarget: "Role or group of a new entry",
    add: "Add",
    remove: (source: string, target: string) => `Remove ${source} → ${target}`,
    removeLine: (line: number) => `Remove line ${line}`,
    star: "* is any text",
    change: "Change",
    noName: "An entry cannot use this name.",
    noPattern: "A pattern cannot contain a comma or an arrow, or begin or end with quotes.",
    noCapture: "The IdP group and the group need one star each.",
    none: "No entries yet.",
    nothingFound: "No entries match.",
  },

  preview: {
    waiting: "Waiting for a token",
    waitingHelp: "As soon as its claims can be read, this shows what the login would do.",
    invalidMapping: "This mapping does not run",
    invalidMappingHelp:
      "A mapping with errors does not run at all: logins change no roles or groups until you fix them.",
    invalidInput: "This cannot be read yet",
    invalidInputAt: (path: string): TemplateResult => html`It is at <code>${path}</code>.`,
    outcome: {
      resolved: "Signs in and is synced",
      "no-match": "No IdP group matches",
      keep: "Nothing changes",
      deny: "Refused",
    },
    claim: (name: string, path: string | undefined, state: string): TemplateResult =>
      html`The claim <code>${name}</code>${path === undefined ? "" : html`, found at <code>${path}</code>,`} ${state}.`,
    claimState: {
      present: (count: number) => `holds ${counted(count, "group", "groups")}`,
      empty: () => "is there, but empty",
      missing: () => "is not in this token",
      malformed: () => "cannot be read as groups",
      incomplete: () => "was left out of this token",
    },
    role: "Role",
    groups: "Groups",
    none: "none",
    reason: {
      default: (): TemplateResult => html`No group grants or requires a role, so it is the lowest.`,
      "role-group": (name: string): TemplateResult => html`IdP group <code>${name}</code> grants this role.`,
      "required-by": (name: string): TemplateResult => html`Group <code>${name}</code> needs at least this role.`,
      kept: (): TemplateResult => html`The choices keep the role they have now.`,
    },
    matches: "How each IdP group matched",
    byMapping: (lines: number[]) => {
      if (lines.length === 0) return "by the mapping";
      return lines.length === 1 ? `by the mapping, line ${lines[0]}` : `by the mapping, lines ${lines.join(", ")}`;
    },
    byName: "by its name",
    unmet: "Conditions that are not met",
    unmetNeeds: (line: number) => `Line ${line} also needs`,
    unmetExcludes: (line: number) => `Line ${line} excludes, and they are in`,
    noMatch: "no match",
    nearMiss: "no match, but close",
    nothing: "nothing",
    grants: "grants",
    unknown: "unknown, grants nothing",
    showEntry: ": show its entry in the mapping",
    showAll: (count: number) => `Show all ${count} IdP groups`,
    spokenWaiting: "No outcome: there are no claims to read.",
    spokenInvalidMapping: (count: string) => `No outcome: the mapping has ${count}.`,
    spokenInvalidInput: (message: string) => `No outcome: ${message}.`,
    spoken: (title: string, role: string, groups: string[]) =>
      `${title}. Role: ${role}. ${groups.length === 0 ? "No groups" : `Groups: ${groups.join(", ")}`}.`,
  },

  claims: {
    label: "Token: claims as JSON, or a JWT",
    empty: "Paste the claims of a token here, as JSON or as the token itself",
    decoded: "JWT decoded in this page. Its signature was not checked, and nothing was sent.",
    help: "JSON, or paste a whole JWT: it is decoded in this page and never sent anywhere.",
    noJson: "This is not JSON",
    /** By the names that the JSON parser gives to mistakes. */
    mistakes: {
      InvalidSymbol: "This is neither a JSON value nor a JWT: text needs double quotes around it",
      InvalidNumberFormat: "This is not a number as JSON writes it",
      PropertyNameExpected: "A property name in double quotes is missing here",
      ValueExpected: "A value is missing here",
      ColonExpected: "A colon is missing here",
      CommaExpected: "A comma is missing here",
      CloseBraceExpected: "A closing brace } is missing here",
      CloseBracketExpected: "A closing bracket ] is missing here",
      EndOfFileExpected: "The JSON ends before this",
      InvalidCommentToken: "JSON has no comments",
      UnexpectedEndOfComment: "JSON has no comments",
      UnexpectedEndOfString: "A closing double quote is missing here",
      UnexpectedEndOfNumber: "The number is cut short here",
      InvalidUnicode: "\\u needs four hexadecimal digits",
      InvalidEscapeCharacter: "JSON has no such escape",
      InvalidCharacter: "This character has to be escaped",
    } as Record<string, string>,
  },

  claim: {
    name: "Claim name",
    delimiter: "Delimiter",
    delimiterHelp: "Splits a claim that is one text, for example at a comma.",
    item: "Each item is",
    itemHelp: "How a group's name is written in the token.",
    items: {
      text: "the group's name",
      key: "a key of an object",
      flag: "true, and the claim's name counts",
      "last-path-segment": "a path; its last part counts",
      "ldap-cn": "an LDAP name; its CN counts",
      "ldap-ou": "an LDAP name; its OU counts",
      field: "an object with a field",
    },
    field: "Field",
    fieldHelp: "The field of each object that holds the name.",
  },

  theme: {
    toLight: "Switch to the light theme",
    toDark: "Switch to the dark theme",
  },

  /** What a page says when it is opened again and cannot be loaded. */
  start: {
    failed: "The page could not be loaded. The connection may be interrupted.",
    again: "Try again",
  },
};

/** What a language has to say. */
export type Messages = typeof words;
