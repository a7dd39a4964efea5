// What can be undone in each mapping's editor. It outlives the editor, which is only there while its view is.

import type { Scope } from "./kept-scenarios.js";

/** One mapping's. */
export class TextHistory {
  #kept: unknown;
  #editor: { textHistory: unknown } | null = null;

  constructor(kept?: unknown) {
    this.#kept = kept;
  }

  get value(): unknown {
    return this.#editor?.textHistory ?? this.#kept;
  }

  /** From now on the editor knows. */
  open(editor: { textHistory: unknown }): void {
    this.#editor = editor;
  }

  /** The editor goes. */
  close(): void {
    this.#kept = this.value;
    this.#editor = null;
  }
}

export class Histories {
  #of = new Map<Scope, TextHistory>();

  /** That of the instance's mapping (`null`), or of a workspace's own: the whole, or what it adds to the instance's. */
  of(scope: Scope, text: "mapping" | "add" = "mapping"): TextHistory {
    // No id of a workspace holds a line break.
    const key = text === "add" ? `${scope}\nadd` : scope;
    const history = this.#of.get(key) ?? new TextHistory();
    this.#of.set(key, history);
    return history;
  }

  get all(): [Scope, unknown][] {
    return [...this.#of].map(([scope, history]) => [scope, history.value]);
  }

  take(kept: [Scope, unknown][]): void {
    this.#of = new Map(kept.map(([scope, value]) => [scope, new TextHistory(value)]));
  }
}
