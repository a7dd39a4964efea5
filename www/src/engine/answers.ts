import { checkMapping, type Diagnostic, GroupSync, GroupSyncError, parseMapping } from "idp-group-sync";
import type { Checked, Facts, Preview, Question, Questions, Refusal } from "./questions.js";

// The only place where an element asks the engine about a whole mapping. It runs in the page and in a worker alike.

/** A text of nothing but mistakes has as many as lines. Past this many, nobody reads on, and passing them on takes long. */
const DIAGNOSTICS = 1000;

/** Puts questions about one set of facts to the engine, and keeps what it compiled for the next one. */
export class Answers {
  #compiled: { facts: Facts; sync: GroupSync } | undefined;

  answer<Q extends Question>(question: Q, facts: Facts, words: Questions[Q]["words"]): Questions[Q]["answer"] {
    const answers: { [K in Question]: (facts: Facts, words: Questions[K]["words"]) => Questions[K]["answer"] } = {
      preview: (about) => this.#preview(about),
      check: (about) => check(about),
    };
    return answers[question](facts, words);
  }

  /** Gives the engine's memory back. */
  free(): void {
    this.#compiled?.sync.free();
    this.#compiled = undefined;
  }

  #preview(facts: Facts): Preview {
    try {
      return { kind: "resolution", resolution: this.#sync(facts).resolve(facts.claims ?? {}) };
    } catch (error) {
      const refusal = refusalOf(error);
      return { kind: refusal.code === "invalid-mapping" ? "invalid-mapping" : "invalid-input", refusal };
    }
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
    this.free();
    const sync = new GroupSync({ mapping, claim, catalog, policy });
    this.#compiled = { facts, sync };
    return sync;
  }
}

function check({ mapping, catalog, policy }: Facts): Checked {
  try {
    return mostImportant(checkMapping(mapping, catalog, policy));
  } catch (error) {
    // The catalog or policy is unreadable, which the preview says; the text itself can still be read.
    refusalOf(error);
    return mostImportant(parseMapping(mapping).diagnostics);
  }
}

function mostImportant(all: Diagnostic[]): Checked {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of all) counts[severity]++;
  if (all.length <= DIAGNOSTICS) return { diagnostics: all, counts };
  const order = ["error", "warning", "info"] as const;
  const worst = order.flatMap((severity) => all.filter((diagnostic) => diagnostic.severity === severity));
  const kept = new Set(worst.slice(0, DIAGNOSTICS));
  return { diagnostics: all.filter((diagnostic) => kept.has(diagnostic)), counts };
}

/** What the engine refused, as data that a worker can pass on. Anything else is a fault of the page. */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof GroupSyncError)) throw error;
  const { code, message, path, diagnostics } = error;
  return { code, message, path, diagnostics };
}
