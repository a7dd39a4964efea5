// Scenarios beside the mappings: those that are stored, and what has become of them in this page.

import type { Scenario } from "idp-group-sync";
import type { ScenarioSet, ScenarioSets } from "../backend/answers.js";
import type { Backend } from "../backend/backend.js";

/** `null` stands for the instance. */
export type Scope = string | null;

interface Kept {
  stored: ScenarioSet;
  scenarios: Scenario[];
  /** What somebody else has stored in the meantime. */
  conflict: ScenarioSet | null;
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

  changedIn(scope: Scope): boolean {
    const { stored, scenarios } = this.#of(scope);
    return JSON.stringify(stored.scenarios) !== JSON.stringify(scenarios);
  }

  in(scope: Scope): Scenario[] {
    return this.#of(scope).scenarios;
  }

  conflictIn(scope: Scope): ScenarioSet | null {
    return this.#of(scope).conflict;
  }

  /** Every scope that has scenarios. */
  get scopes(): Scope[] {
    return [...this.#kept].filter(([, { scenarios }]) => scenarios.length > 0).map(([scope]) => scope);
  }

  set(scope: Scope, scenarios: Scenario[]): void {
    this.#kept.set(scope, { ...this.#of(scope), scenarios });
    this.#changed();
  }

  discard(scope: Scope): void {
    this.set(scope, this.#of(scope).stored.scenarios);
  }

  add(scope: Scope, scenario: Scenario): void {
    this.set(scope, [...this.in(scope), scenario]);
  }

  /** A name that no scenario of the scope has yet. */
  freeName(scope: Scope, name: string): string {
    const taken = new Set(this.in(scope).map((scenario) => scenario.name));
    let free = name;
    for (let count = 2; taken.has(free); count++) free = `${name} (${count})`;
    return free;
  }

  async save(scope: Scope): Promise<void> {
    const { stored, scenarios } = this.#of(scope);
    const answer = await this.#backend.saveScenarios(scope, stored.version, scenarios);
    if (answer.status === "saved") {
      // What was typed while the answer was on its way is still unsaved.
      this.#kept.set(scope, { stored: answer.set, scenarios: this.in(scope), conflict: null });
    } else {
      this.#kept.set(scope, { stored, scenarios, conflict: answer.current });
    }
    this.#changed();
  }

  /** Goes on from what somebody else has stored: with their scenarios, or with one's own in their place. */
  settle(scope: Scope, whose: "theirs" | "mine"): void {
    const { conflict, scenarios } = this.#of(scope);
    if (!conflict) return;
    this.#kept.set(scope, {
      stored: conflict,
      scenarios: whose === "theirs" ? conflict.scenarios : scenarios,
      conflict: null,
    });
    this.#changed();
  }

  #keep(scope: Scope, stored: ScenarioSet): void {
    this.#kept.set(scope, { stored, scenarios: stored.scenarios, conflict: null });
  }

  #of(scope: Scope): Kept {
    return this.#kept.get(scope) ?? { stored: none, scenarios: none.scenarios, conflict: null };
  }
}
