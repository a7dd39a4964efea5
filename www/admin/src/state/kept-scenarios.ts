// Scenarios beside the mappings: those that are stored, and what has become of them in this page.

import type { Scenario } from "idp-group-sync";
import type { ScenarioSet, ScenarioSets } from "../backend/answers.js";
import type { Backend } from "../backend/backend.js";
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

/** A scenario that both sides changed, and not alike; `undefined` where it was removed. */
export interface ScenarioQuestion {
  key: string;
  name: string;
  mine: EditedScenario | undefined;
  theirs: EditedScenario | undefined;
}

interface Kept {
  stored: ScenarioSet;
  scenarios: EditedScenario[];
  /** What somebody else has stored in the meantime, where both changed one scenario. */
  conflict: ScenarioSet | null;
  /** The names of the scenarios that somebody else changed, and that were taken. */
  merged: string[];
  /** What was discarded last, until there is something new. */
  discarded: Pick<Kept, "stored" | "scenarios"> | null;
}

const none: ScenarioSet = { version: 0, scenarios: [] };

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
      .map(([scope, { stored, scenarios }]) => ({ scope, stored, scenarios: scenarios.map(withoutToken) }));
  }

  /** Goes on with what was kept. */
  restore(kept: KeptDraft["scenarios"]): void {
    for (const { scope, stored, scenarios } of kept) {
      const { stored: current } = this.#of(scope);
      this.#change(scope, { stored, scenarios });
      if (!same(stored, current)) this.#meet(scope, current);
    }
  }

  changedIn(scope: Scope): boolean {
    const { stored, scenarios } = this.#of(scope);
    return !same(stored.scenarios, scenarios);
  }

  /** As they can be run. */
  in(scope: Scope): Scenario[] {
    return this.#of(scope).scenarios.map(withoutText);
  }

  /** As they are edited. */
  edited(scope: Scope): EditedScenario[] {
    return this.#of(scope).scenarios;
  }

  unfinishedIn(scope: Scope): boolean {
    return this.#of(scope).scenarios.some(({ claimsText }) => claimsText !== undefined);
  }

  mergedIn(scope: Scope): string[] {
    return this.#of(scope).merged;
  }

  /** What has to be answered before these can be saved. */
  questionsIn(scope: Scope): ScenarioQuestion[] {
    const { stored, scenarios, conflict } = this.#of(scope);
    return conflict ? merge(stored.scenarios, scenarios, conflict.scenarios).questions : [];
  }

  /** Every scope that has scenarios. */
  get scopes(): Scope[] {
    return [...this.#kept].filter(([, { scenarios }]) => scenarios.length > 0).map(([scope]) => scope);
  }

  set(scope: Scope, scenarios: EditedScenario[]): void {
    this.#change(scope, { scenarios, discarded: null });
  }

  discard(scope: Scope): void {
    const { stored, scenarios, conflict } = this.#of(scope);
    const now = conflict ?? stored;
    this.#change(scope, {
      stored: now,
      scenarios: now.scenarios,
      conflict: null,
      merged: [],
      discarded: { stored, scenarios },
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
    this.set(scope, [...this.edited(scope), scenario]);
  }

  /** A name that no scenario of the scope has yet. */
  freeName(scope: Scope, name: string): string {
    const taken = new Set(this.in(scope).map((scenario) => scenario.name));
    let free = name;
    for (let count = 2; taken.has(free); count++) free = `${name} (${count})`;
    return free;
  }

  async save(scope: Scope): Promise<void> {
    const { stored } = this.#of(scope);
    const sent = this.in(scope);
    const answer = await this.#backend.saveScenarios(scope, stored.version, sent);
    // What was typed while the answer was on its way is still unsaved.
    if (answer.status === "saved") this.#change(scope, { stored: answer.set, conflict: null, merged: [] });
    else this.#meet(scope, answer.current);
  }

  /** Goes on from what somebody else has stored, with the answers to what both changed. */
  settle(scope: Scope, choices: Choices): void {
    const { stored, scenarios, conflict } = this.#of(scope);
    if (!conflict) return;
    const merged = merge(stored.scenarios, scenarios, conflict.scenarios, choices);
    this.#take(scope, conflict, merged.scenarios);
  }

  /** Somebody else has stored these. */
  #meet(scope: Scope, current: ScenarioSet): void {
    const { stored, scenarios } = this.#of(scope);
    const merged = merge(stored.scenarios, scenarios, current.scenarios);
    if (merged.questions.length > 0) this.#change(scope, { conflict: current });
    else this.#take(scope, current, merged.scenarios);
  }

  #take(scope: Scope, current: ScenarioSet, scenarios: EditedScenario[]): void {
    const before = byName(this.#of(scope).stored.scenarios);
    const after = byName(current.scenarios);
    const names = [...new Set([...before.keys(), ...after.keys()])];
    const theirs = names.filter((key) => !same(before.get(key), after.get(key)));
    const merged = theirs.map((key) => (after.get(key) ?? before.get(key))?.name ?? "");
    this.#change(scope, { stored: current, scenarios, conflict: null, merged });
  }

  #change(scope: Scope, change: Partial<Kept>): void {
    this.#kept.set(scope, { ...this.#of(scope), ...change });
    this.#changed();
  }

  #keep(scope: Scope, stored: ScenarioSet): void {
    this.#kept.set(scope, { ...nothing, stored, scenarios: stored.scenarios });
  }

  #of(scope: Scope): Kept {
    return this.#kept.get(scope) ?? nothing;
  }
}

const nothing: Kept = { stored: none, scenarios: [], conflict: null, merged: [], discarded: null };

function withoutText(scenario: EditedScenario): Scenario {
  if (scenario.claimsText === undefined) return scenario;
  const { claimsText: _, ...others } = scenario;
  return others;
}

/** A token is somebody's own, and not to be kept: each begins so, as its first part is JSON. */
function withoutToken(scenario: EditedScenario): EditedScenario {
  return scenario.claimsText?.includes("eyJ") ? withoutText(scenario) : scenario;
}

/** Each scenario by its name; of several of one name, each has a key of its own. */
function byName<One extends Scenario>(scenarios: One[]): Map<string, One> {
  const found = new Map<string, One>();
  for (const scenario of scenarios) {
    let key = scenario.name;
    for (let count = 2; found.has(key); count++) key = JSON.stringify([scenario.name, count]);
    found.set(key, scenario);
  }
  return found;
}

function merge(base: Scenario[], mine: EditedScenario[], theirs: Scenario[], choices: Choices = new Map()) {
  const [b, m, t] = [byName(base), byName(mine), byName<EditedScenario>(theirs)];
  const questions: ScenarioQuestion[] = [];
  const scenarios = [...new Set([...t.keys(), ...m.keys()])].map((key) => {
    const sides = { mine: m.get(key), theirs: t.get(key) };
    return ofEither(b.get(key), sides.mine, sides.theirs, () => {
      questions.push({ key, name: (sides.mine ?? sides.theirs)?.name ?? "", ...sides });
      return sides[choices.get(key) ?? "mine"];
    });
  });
  return { scenarios: scenarios.filter((scenario) => scenario !== undefined), questions };
}
