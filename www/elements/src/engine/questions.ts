import type {
  Catalog,
  ClaimOptions,
  Diagnostic,
  Entry,
  Grant,
  IdpGroup,
  ImportFormat,
  InstanceSettings,
  LoginOutcome,
  LoginRequest,
  Policy,
  Resolution,
  Span,
} from "idp-group-sync";
import type { Converted } from "./imported.js";
import type { SeverityCounts } from "./severity.js";

/** What the engine is asked about. What did not change keeps its identity: it is neither sent nor compiled again. */
export interface Facts {
  mapping: string;
  claim: ClaimOptions;
  catalog: Catalog;
  policy: Policy;
  /** Where the mapping holds, if that is not one place with this catalog and policy. */
  workspaces: readonly MappingWorkspace[];
  /** All IdP groups that are known, which sources are checked against; none where that is not known. */
  knownGroups: KnownGroups;
  /** IdP groups that are suggested, with what they are called. */
  idpGroups: KnownGroups;
  /** The claims of one login. */
  claims: object | undefined;
  /** The IdP groups of each user that the application knows. */
  knownUsers: KnownUsers;
  /** Whole logins, where these are asked about, the settings that decide them, and what each workspace can grant. */
  logins?: readonly LoginRequest[];
  settings?: InstanceSettings;
  catalogs?: Readonly<Record<string, Catalog>>;
}

/** One of several places that a mapping holds for, each with roles, groups and choices of its own. */
export interface MappingWorkspace {
  name: string;
  catalog: Catalog;
  policy: Policy;
}

/** What the engine says of a mapping; and where it holds for several workspaces, but this is so in some of them only, in which. */
export type MappingDiagnostic = Diagnostic & { workspaces?: readonly string[] };

/** The mapping holds for one place alone. */
export const onePlace: readonly MappingWorkspace[] = [];

export type KnownGroups = readonly IdpGroup[];

export const noGroups: KnownGroups = [];

export type KnownUsers = readonly (readonly string[])[];

export const nobody: KnownUsers = [];

/** The facts of questions that are about logins alone. */
export const noMapping: Facts = {
  mapping: "",
  claim: "groups",
  catalog: { groups: [] },
  policy: {},
  workspaces: onePlace,
  knownGroups: noGroups,
  idpGroups: noGroups,
  claims: undefined,
  knownUsers: nobody,
};

/** What can be asked: the words of each question, and its answer. */
export interface Questions {
  /** What a login would do. */
  preview: { words: undefined; answer: Preview };
  /** What each of the logins comes to. */
  logins: { words: undefined; answer: DecidedLogin[] };
  /** What is wrong or doubtful about the mapping. */
  check: { words: undefined; answer: Checked };
  /** What the entry at a place does; nothing where there is none. */
  explain: { words: { at: number }; answer: Explanation | undefined };
  /** How many known users the entry that begins at a place touches, as far as they are counted. */
  touched: { words: { entry: number }; answer: Touched };
  /** The target at a place, and everywhere else that it stands; nothing where there is none. */
  target: { words: { at: number }; answer: TargetPlaces | undefined };
  /** The canonical text. */
  format: { words: undefined; answer: Formatted };
  /** What a text of another system is as a mapping; nothing if it is no other form of one. */
  convert: { words: { text: string; from?: ImportFormat | undefined }; answer: Converted | undefined };
  /** A part of the mapping as a table. */
  rows: { words: RowsWanted; answer: Rows };
  /** What a page asks beside these. */
  also: { words: { name: string }; answer: unknown };
}

export type Question = keyof Questions;

/** What the engine makes of one login, or why it can't. */
export type Preview =
  | { kind: "resolution"; resolution: Resolution }
  | { kind: "invalid-mapping"; refusal: Refusal }
  | { kind: "invalid-input"; refusal: Refusal };

/** What a login comes to, or why the engine does not say. */
export type DecidedLogin = { kind: "outcome"; outcome: LoginOutcome } | { kind: "refusal"; refusal: Refusal };

/** What a `GroupSyncError` says, as plain data. */
export interface Refusal {
  code: string;
  message: string;
  path: string | undefined;
  diagnostics: Diagnostic[];
}

/** The diagnostics of a mapping. */
export interface Checked {
  /** In the order of the text. Of very many, those that are worst. */
  diagnostics: readonly MappingDiagnostic[];
  /** How many there are in all. */
  counts: SeverityCounts;
}

/** What one entry does. */
export interface Explanation {
  entry: Entry;
  /** What the target is; absent where the mapping does not run, or the source's star decides. */
  kind: Grant["kind"] | undefined;
  /** What somebody gets who has this IdP group and no other; absent for patterns and conditions, for several workspaces, and where the mapping does not run. */
  alone: { role: string | null; groups: string[] } | undefined;
  /** Workspaces that have no such target, where others have. */
  unknownIn: readonly string[];
  /** Whether the mapping runs at all. */
  runs: boolean;
  /** What the source's names are called, by name, where that is known. */
  labels: Readonly<Record<string, string>>;
}

/** How many known users have an IdP group that an entry matches. */
export interface Touched {
  users: number;
  /** How many users were looked at so far, and how many there are. */
  counted: number;
  of: number;
}

/** A target, and the entries that lead to it. */
export interface TargetPlaces {
  name: string;
  /** The target that was asked for. */
  span: Span;
  /** Every place of it, this one included. */
  spans: Span[];
}

export type Formatted = { ok: true; text: string } | { ok: false };

/** Which rows of the table are to be shown. */
export interface RowsWanted {
  /** Only entries with this text in source or target, whatever its case. */
  filter: string;
  first: number;
  count: number;
  /** Instead of from `first`, show the page on which the entry at this place stands. */
  around: number | undefined;
}

export interface Rows {
  rows: Row[];
  first: number;
  /** How many rows the filter leaves. */
  total: number;
}

/** A row of the table: an entry, or a line of which something could not be read. */
export type Row =
  | { kind: "entry"; entry: Entry; diagnostics: MappingDiagnostic[] }
  | { kind: "unread"; text: string; span: Span; diagnostics: MappingDiagnostic[] };
