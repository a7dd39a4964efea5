import {
  checkMapping,
  type Diagnostic,
  type Entry,
  formatMapping,
  GroupSync,
  inspectMapping,
  parseMapping,
} from "idp-group-sync";
import { converted } from "./imported.js";
import { Logins, refusalOf } from "./logins.js";
import type {
  Checked,
  Explanation,
  Facts,
  Formatted,
  MappingDiagnostic,
  Preview,
  Question,
  Questions,
  Rows,
  RowsWanted,
  TargetPlaces,
  Touched,
} from "./questions.js";
import { rowsOf } from "./rows.js";
import { countBySeverity, worst } from "./severity.js";
import { TouchedUsers } from "./touched-users.js";
import { checkInEach } from "./workspace-checks.js";

// The only place where an element asks the engine about a whole mapping. It runs in the page and in a worker alike.

/** A text of nothing but mistakes has as many as lines. Past this many, nobody reads on, and passing them on takes long. */
const DIAGNOSTICS = 1000;

/** What a page asks beside these, by name; its facts may hold more than those of an element. */
export type FurtherAnswers = Readonly<Record<string, (facts: never) => unknown>>;

let further: FurtherAnswers = {};

/** Has further questions answered: in the page, and in a worker that calls this too. */
export function answerAlso(answers: FurtherAnswers): void {
  further = answers;
}

/** A worker that was not made for this page does not know its questions. */
export class UnknownQuestion extends Error {}

/** Puts questions about one set of facts to the engine, and keeps what it made of them for the next one. */
export class Answers {
  #compiled: { facts: Facts; sync: GroupSync } | undefined;
  readonly #logins = new Logins();
  #inspected: Inspected | undefined;
  #touched: { sync: GroupSync; counting: TouchedUsers } | undefined;

  readonly #byQuestion: { [Q in Question]: (facts: Facts, words: Questions[Q]["words"]) => Questions[Q]["answer"] } = {
    preview: (facts) => this.#preview(facts),
    logins: (facts) => this.#logins.decide(facts),
    check: (facts) => asShown(this.#check(facts)),
    explain: (facts, { at }) => this.#explain(facts, at),
    touched: (facts, { entry }) => this.#countTouched(facts, entry),
    target: (facts, { at }) => this.#target(facts, at),
    format: (facts) => format(facts),
    convert: (_, { text, from }) => converted(text, from),
    rows: (facts, wanted) => this.#rows(facts, wanted),
    also: (facts, { name }) => answerFurther(facts, name),
  };

  answer<Q extends Question>(question: Q, facts: Facts, words: Questions[Q]["words"]): Questions[Q]["answer"] {
    return this.#byQuestion[question](facts, words);
  }

  /** Gives the engine's memory back. */
  free(): void {
    this.#freeMapping();
    this.#logins.free();
  }

  #freeMapping(): void {
    this.#compiled?.sync.free();
    this.#compiled = undefined;
    this.#touched = undefined;
  }

  #preview(facts: Facts): Preview {
    try {
      return { kind: "resolution", resolution: this.#sync(facts).resolve(facts.claims ?? {}) };
    } catch (error) {
      const refusal = refusalOf(error);
      return { kind: refusal.code === "invalid-mapping" ? "invalid-mapping" : "invalid-input", refusal };
    }
  }

  #explain(facts: Facts, at: number): Explanation | undefined {
    const entry = this.#entries(facts).find(({ span }) => span.start <= at && at <= span.end);
    if (!entry) return undefined;
    const unknownIn = this.#unknownIn(facts, entry);
    const known = facts.workspaces.find(({ name }) => !unknownIn.includes(name));
    let sync: GroupSync;
    try {
      sync = this.#sync({ ...facts, ...known });
    } catch (error) {
      refusalOf(error);
      return { entry, kind: undefined, alone: undefined, unknownIn: [], runs: false, labels: labelsOf(facts, entry) };
    }
    // A pattern matches its own text as a name, so the engine can be asked about it in the same way.
    const resolution = sync.resolveGroups(neededBy(entry));
    const { matches, role } = resolution;
    const groups = resolution.role === null ? [] : resolution.groups;
    const grants = matches.flatMap((match) => match.grants);
    const grant = grants.find((granted) => granted.entry?.start === entry.span.start);
    return {
      entry,
      kind: entry.target.kind === "capture" ? undefined : grant?.kind,
      alone: entry.source.kind !== "name" || facts.workspaces.length > 1 ? undefined : { role, groups },
      unknownIn: known ? unknownIn : [],
      runs: true,
      labels: labelsOf(facts, entry),
    };
  }

  /** The workspaces that have no such target. */
  #unknownIn(facts: Facts, { target }: Entry): readonly string[] {
    const unknown = this.#check(facts).find(
      ({ code, span }) => code === "unknown-target" && span?.start === target.span.start,
    );
    return unknown ? (unknown.workspaces ?? facts.workspaces.map(({ name }) => name)) : [];
  }

  #countTouched(facts: Facts, entry: number): Touched {
    const of = facts.knownUsers.length;
    try {
      const sync = this.#sync(facts);
      if (this.#touched?.sync !== sync || this.#touched.counting.users !== facts.knownUsers) {
        this.#touched = { sync, counting: new TouchedUsers(sync, facts.knownUsers) };
      }
    } catch (error) {
      refusalOf(error);
      return { users: 0, counted: of, of };
    }
    const { counting } = this.#touched;
    const counted = counting.goOn();
    return { users: counting.by(entry), counted, of };
  }

  #target(facts: Facts, at: number): TargetPlaces | undefined {
    const entries = this.#entries(facts).filter(({ target }) => target.kind === "name");
    const { target } = entries.find(({ span }) => span.start <= at && at <= span.end) ?? {};
    if (!target) return undefined;
    const spans = entries.filter((entry) => entry.target.text === target.text).map((entry) => entry.target.span);
    return { name: target.text, span: target.span, spans };
  }

  #sync(facts: Facts): GroupSync {
    const { mapping, claim, catalog, policy } = facts;
    const last = this.#compiled;
    if (
      last &&
      last.facts.mapping === mapping &&
      last.facts.claim === claim &&
      last.facts.catalog === catalog &&
      last.facts.policy === policy
    ) {
      return last.sync;
    }
    this.#freeMapping();
    const sync = new GroupSync({ mapping, claim, catalog, policy });
    this.#compiled = { facts, sync };
    return sync;
  }

  #rows(facts: Facts, wanted: RowsWanted): Rows {
    const entries = this.#entries(facts);
    const { mapping, diagnostics } = this.#inspect(facts);
    if (this.#inspected) this.#inspected.rows = true;
    return rowsOf(mapping, entries, diagnostics, wanted);
  }

  #entries(facts: Facts): Entry[] {
    return this.#inspect(facts, true).entries ?? [];
  }

  #check(facts: Facts): MappingDiagnostic[] {
    return this.#inspect(facts).diagnostics;
  }

  /** What the mapping says and what is wrong with it, read once. Where the last text was shown as rows, this one will be too. */
  #inspect(facts: Facts, withEntries = this.#inspected?.rows ?? false): Inspected {
    const last = this.#inspected;
    const same = (["mapping", "catalog", "policy", "workspaces", "knownGroups"] as const).every(
      (fact) => last?.[fact] === facts[fact],
    );
    if (last && same && (last.entries || !withEntries)) return last;
    const { mapping, catalog, policy, workspaces, knownGroups } = facts;
    let entries: Entry[] | undefined;
    const inspect = (place: Pick<Facts, "catalog" | "policy">) => {
      const found = inspectAsFarAsPossible(mapping, { ...place, knownGroups }, withEntries && !entries);
      entries ??= found.entries;
      return found.diagnostics;
    };
    const diagnostics = workspaces.length === 0 ? inspect(facts) : checkInEach(workspaces, inspect);
    this.#inspected = { mapping, catalog, policy, workspaces, knownGroups, entries, diagnostics, rows: false };
    return this.#inspected;
  }
}

function answerFurther(facts: Facts, name: string): unknown {
  const answer = further[name];
  if (!answer) throw new UnknownQuestion(`there is no question called \`${name}\``);
  return answer(facts as never);
}

/** IdP groups that meet an entry, if its excluded ones are not there. */
function neededBy({ source }: Entry): string[] {
  const terms = source.terms?.filter(({ excluded }) => !excluded);
  return terms === undefined || terms.length === 0 ? [source.text] : terms.map(({ text }) => text);
}

/** What the names of an entry's source are called. */
function labelsOf({ knownGroups, idpGroups }: Facts, { source }: Entry): Record<string, string> {
  const names = new Set([source.text, ...(source.terms ?? []).map(({ text }) => text)]);
  const labelled = [...knownGroups, ...idpGroups].flatMap((group) =>
    typeof group !== "string" && group.label !== undefined && names.has(group.name) ? [[group.name, group.label]] : [],
  );
  return Object.fromEntries(labelled);
}

/** What the engine said of a mapping last. */
interface Inspected extends Pick<Facts, "mapping" | "catalog" | "policy" | "workspaces" | "knownGroups"> {
  /** Only where they were asked for: there are many, and passing them on takes longer than finding them. */
  entries: Entry[] | undefined;
  diagnostics: MappingDiagnostic[];
  /** Whether it was shown as rows. */
  rows: boolean;
}

function inspectAsFarAsPossible(
  mapping: string,
  { catalog, policy, knownGroups }: Pick<Facts, "catalog" | "policy" | "knownGroups">,
  withEntries: boolean,
): { entries?: Entry[]; diagnostics: Diagnostic[] } {
  // Where no group is known, none is unknown.
  const idpGroups = knownGroups.length === 0 ? undefined : knownGroups;
  try {
    return withEntries
      ? inspectMapping(mapping, catalog, policy, idpGroups)
      : { diagnostics: checkMapping(mapping, catalog, policy, idpGroups) };
  } catch (error) {
    // The catalog or policy is unreadable, which the preview says; the text itself can still be read.
    refusalOf(error);
    return parseMapping(mapping);
  }
}

function format({ mapping }: Facts): Formatted {
  try {
    return { ok: true, text: formatMapping(mapping) };
  } catch (error) {
    refusalOf(error);
    return { ok: false };
  }
}

function asShown(all: MappingDiagnostic[]): Checked {
  return { diagnostics: worst(all, DIAGNOSTICS), counts: countBySeverity(all) };
}
