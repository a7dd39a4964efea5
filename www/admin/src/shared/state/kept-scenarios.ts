// Scenarios and guarantees beside the mappings: those that are stored, and what has become of them in this page.

import type { Guarantee, Scenario } from "idp-group-sync";
import type { SavedSet, ScenarioSet, ScenarioSets } from "../../backend/answers.js";
import type { Backend } from "../../backend/backend.js";
import { same } from "./changes.js";
import type { Kept as KeptDraft } from "./kept-draft.js";
import { type Choices, ofEither } from "./merge.js";

/** `null` stands for the instance. */
export type Scope = string | null;

/** A scenario as it is edited. */
export interface EditedScenario extends Scenario {
  /** Claims that are being typed and are no JSON yet. */
  claimsText?: string;
}

/** What is expected of a mapping. */
export interface Expected {
  scenarios: Scenario[];
  guarantees: Guarantee[];
}

/** The same as it is edited. */
export interface Edited {
  scenarios: EditedScenario[];
  guarantees: Guarantee[];
}

/** A scenario or guarantee that both sides changed, and not alike; `undefined` where it was removed. */
export interface ScenarioQuestion {
  key: string;
  name: string;
  mine: Named | undefined;
  theirs: Named | undefined;
}

type Named = EditedScenario | Guarantee;

interface Kept {
  stored: ScenarioSet;
  edited: Edited;
  /** What somebody else has stored in the meantime, where both changed one. */
  conflict: ScenarioSet | null;
  /** The names of those that somebody else changed, and that were taken. */
  merged: string[];
  /** What was discarded last, until there is something new. */
  discarded: Pick<Kept, "stored" | "edited"> | null;
}

const none: ScenarioSet = { version: 0, scenarios: [], guarantees: [] };

export class KeptScenarios {
  readonly #backend: Backend;
  readonly #changed: () => void;
  readonly #kept = new Map<Scope, Kept>();

  constructor(backend: Backend, { instance, workspaces }: ScenarioSets, changed: () => void) {
    this.#backend = backend;
    this.#changed = changed;
    this.#keep(null, instance);
    for (const { workspace, set } of workspaces) this.#keep(workspace, set);
  }

  get changed(): boolean {
    return [...this.#kept.keys()].some((scope) => this.changedIn(scope));
  }

  /** What is unsaved, to be kept. */
  get unsaved(): KeptDraft["scenarios"] {
    return [...this.#kept]
      .filter(([scope]) => this.changedIn(scope))
      .map(([scope, { stored, edited }]) => {
        return { scope, stored, edited: { ...edited, scenarios: edited.scenarios.map(withoutToken) } };
      });
  }

  /** Goes on with what was kept. */
  restore(kept: KeptDraft["scenarios"]): void {
    for (const { scope, stored, edited } of kept) {
      const { stored: current } = this.#of(scope);
      this.#change(scope, { stored, edited });
      if (!same(stored, current)) this.#meet(scope, current);
    }
  }

  changedIn(scope: Scope): boolean {
    const { stored, edited } = this.#of(scope);
    return !same(editedOf(stored), edited);
  }

  /** As they can be run. */
  in(scope: Scope): Expected {
    const { scenarios, guarantees } = this.edited(scope);
    return { scenarios: scenarios.map(withoutText), guarantees };
  }

  edited(scope: Scope): Edited {
    return this.#of(scope).edited;
  }

  unfinishedIn(scope: Scope): boolean {
    return this.edited(scope).scenarios.some(({ claimsText }) => claimsText !== undefined);
  }

  mergedIn(scope: Scope): string[] {
    return this.#of(scope).merged;
  }

  /** What a save of everything stores. */
  get unsavedSets(): SavedSet[] {
    const scopes = [...this.#kept.keys()].filter((scope) => this.changedIn(scope));
    return scopes.map((scope) => ({
      workspace: scope,
      set: { version: this.#of(scope).stored.version, ...this.in(scope) },
    }));
  }

  /** Where something has to be finished, or answered, before it can be saved. */
  get open(): Scope[] {
    return [...this.#kept.keys()].filter(
      (scope) => this.changedIn(scope) && (this.unfinishedIn(scope) || this.questionsIn(scope).length > 0),
    );
  }

  /** These are stored now; and those that are `stale` were stored by somebody else. */
  saved(sets: SavedSet[], stale: SavedSet[] = []): void {
    for (const { workspace, set } of sets) this.#change(workspace, { stored: set, conflict: null, merged: [] });
    for (const { workspace, set } of stale) this.#meet(workspace, set);
  }

  /** These take the place of what is edited. */
  replace(scope: Scope, expected: Expected): void {
    const { stored, conflict } = this.#of(scope);
    this.#change(scope, { ...nothing, stored: conflict ?? stored, edited: expected });
  }

  /** What differs from what is stored, by name. */
  changesIn(scope: Scope): ExpectationChange[] {
    const { stored, edited } = this.#of(scope);
    return [
      ...changesBetween(stored.scenarios, edited.scenarios),
      ...changesBetween(stored.guarantees, edited.guarantees),
    ];
  }

  /** What has to be answered before these can be saved. */
  questionsIn(scope: Scope): ScenarioQuestion[] {
    const { stored, edited, conflict } = this.#of(scope);
    return conflict ? merge(stored, edited, conflict).questions : [];
  }

  /** Every scope that has any. */
  get scopes(): Scope[] {
    return [...this.#kept.keys()].filter((scope) => this.countIn(scope) > 0);
  }

  countIn(scope: Scope): number {
    const { scenarios, guarantees } = this.edited(scope);
    return scenarios.length + guarantees.length;
  }

  set(scope: Scope, edited: Partial<Edited>): void {
    this.#change(scope, { edited: { ...this.edited(scope), ...edited }, discarded: null });
  }

  discard(scope: Scope): void {
    const { stored, edited, conflict } = this.#of(scope);
    const now = conflict ?? stored;
    this.#change(scope, {
      stored: now,
      edited: editedOf(now),
      conflict: null,
      merged: [],
      discarded: { stored, edited },
    });
  }

  /** Whether there is something that was discarded. */
  discardedIn(scope: Scope): boolean {
    return this.#of(scope).discarded !== null;
  }

  undoDiscard(scope: Scope): void {
    const { discarded, stored: current } = this.#of(scope);
    if (!discarded) return;
    this.#change(scope, { ...discarded, discarded: null });
    if (!same(discarded.stored, current)) this.#meet(scope, current);
  }

  add(scope: Scope, scenario: Scenario): void {
    this.set(scope, { scenarios: [...this.edited(scope).scenarios, scenario] });
  }

  /** A name that nothing of the scope has yet. */
  freeName(scope: Scope, name: string): string {
    const { scenarios, guarantees } = this.edited(scope);
    const taken = new Set([...scenarios, ...guarantees].map((one) => one.name));
    let free = name;
    for (let count = 2; taken.has(free); count++) free = `${name} (${count})`;
    return free;
  }

  async save(scope: Scope): Promise<void> {
    const { stored } = this.#of(scope);
    const answer = await this.#backend.saveScenarios(scope, { version: stored.version, ...this.in(scope) });
    // What was typed while the answer was on its way is still unsaved.
    if (answer.status === "saved") this.#change(scope, { stored: answer.set, conflict: null, merged: [] });
    else this.#meet(scope, answer.current);
  }

  /** Goes on from what somebody else has stored, with the answers to what both changed. */
  settle(scope: Scope, choices: Choices): void {
    const { stored, edited, conflict } = this.#of(scope);
    if (!conflict) return;
    this.#take(scope, conflict, merge(stored, edited, conflict, choices).edited);
  }

  /** Somebody else has stored these. */
  #meet(scope: Scope, current: ScenarioSet): void {
    const { stored, edited } = this.#of(scope);
    const merged = merge(stored, edited, current);
    if (merged.questions.length > 0) this.#change(scope, { conflict: current });
    else this.#take(scope, current, merged.edited);
  }

  #take(scope: Scope, current: ScenarioSet, edited: Edited): void {
    const { stored } = this.#of(scope);
    const merged = [
      ...changedNames(stored.scenarios, current.scenarios),
      ...changedNames(stored.guarantees, current.guarantees),
    ];
    this.#change(scope, { stored: current, edited, conflict: null, merged });
  }

  #change(scope: Scope, change: Partial<Kept>): void {
    this.#kept.set(scope, { ...this.#of(scope), ...change });
    this.#changed();
  }

  #keep(scope: Scope, stored: ScenarioSet): void {
    this.#kept.set(scope, { ...nothing, stored, edited: editedOf(stored) });
  }

  #of(scope: Scope): Kept {
    return this.#kept.get(scope) ?? nothing;
  }
}

function editedOf({ scenarios, guarantees }: Edited): Edited {
  return { scenarios, guarantees };
}

const nothing: Kept = { stored: none, edited: editedOf(none), conflict: null, merged: [], discarded: null };

function withoutText(scenario: EditedScenario): Scenario {
  if (scenario.claimsText === undefined) return scenario;
  const { claimsText: _, ...others } = scenario;
  return others;
}

/** A token is somebody's own, and not to be kept: each begins so, as its first part is JSON. */
function withoutToken(scenario: EditedScenario): EditedScenario {
  return scenario.claimsText?.includes("eyJ") ? withoutText(scenario) : scenario;
}

/** Each by its name; of several of one name, each has a key of its own. */
function byName<One extends Named>(list: One[]): Map<string, One> {
  const found = new Map<string, One>();
  for (const one of list) {
    let key = one.name;
    for (let count = 2; found.has(key); count++) key = JSON.stringify([one.name, count]);
    found.set(key, one);
  }
  return found;
}

/** Something that was added, removed or changed. */
export interface ExpectationChange {
  name: string;
  change: "added" | "removed" | "changed";
}

function changesBetween<One extends Named>(before: One[], after: One[]): ExpectationChange[] {
  const [b, a] = [byName(before), byName(after)];
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((key) => {
    const [then, now] = [b.get(key), a.get(key)];
    if (same(then, now)) return [];
    return { name: (now ?? then)?.name ?? "", change: !then ? "added" : !now ? "removed" : "changed" };
  });
}

/** The names of those that differ between two versions. */
function changedNames<One extends Named>(before: One[], after: One[]): string[] {
  const [b, a] = [byName(before), byName(after)];
  const keys = [...new Set([...b.keys(), ...a.keys()])];
  return keys.filter((key) => !same(b.get(key), a.get(key))).map((key) => (a.get(key) ?? b.get(key))?.name ?? "");
}

function merge(base: Edited, mine: Edited, theirs: Edited, choices: Choices = new Map()) {
  const questions: ScenarioQuestion[] = [];
  function list<One extends Named>(kind: keyof Edited, ...sides: [One[], One[], One[]]): One[] {
    const [b, m, t] = [byName(sides[0]), byName(sides[1]), byName(sides[2])];
    const merged = [...new Set([...t.keys(), ...m.keys()])].map((name) => {
      const both = { mine: m.get(name), theirs: t.get(name) };
      return ofEither(b.get(name), both.mine, both.theirs, () => {
        const key = `${kind} ${name}`;
        questions.push({ key, name: (both.mine ?? both.theirs)?.name ?? "", ...both });
        return both[choices.get(key) ?? "mine"];
      });
    });
    return merged.filter((one) => one !== undefined);
  }
  const edited: Edited = {
    scenarios: list("scenarios", base.scenarios, mine.scenarios, theirs.scenarios),
    guarantees: list("guarantees", base.guarantees, mine.guarantees, theirs.guarantees),
  };
  return { edited, questions };
}
