import type { Catalog, ClaimOptions, Diagnostic, Policy, Resolution, Severity } from "idp-group-sync";

/** What the engine is asked about. What did not change keeps its identity: it is neither sent nor compiled again. */
export interface Facts {
  mapping: string;
  claim: ClaimOptions;
  catalog: Catalog;
  policy: Policy;
  /** The claims of one login. */
  claims: object | undefined;
}

/** What can be asked: the words of each question, and its answer. */
export interface Questions {
  /** What a login would do. */
  preview: { words: undefined; answer: Preview };
  /** What is wrong or doubtful about the mapping. */
  check: { words: undefined; answer: Checked };
}

export type Question = keyof Questions;

/** What the engine makes of one login, or why it can't. */
export type Preview =
  | { kind: "resolution"; resolution: Resolution }
  | { kind: "invalid-mapping"; refusal: Refusal }
  | { kind: "invalid-input"; refusal: Refusal };

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
  diagnostics: Diagnostic[];
  /** How many there are in all. */
  counts: Record<Severity, number>;
}
