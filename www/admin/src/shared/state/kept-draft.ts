// What is unsaved, kept in the browser until it is saved or discarded: it outlives a reload, a closed tab and the end of a session.

import type { SettingsCommand } from "idp-group-sync";
import type { ScenarioSet, StoredSettings } from "../../backend/answers.js";
import type { Edited } from "./kept-scenarios.js";
import type { Login } from "./login-previews.js";

/** Everything that a reload would lose. */
export interface Kept {
  /** What the edits were made on. */
  stored: StoredSettings;
  edits: SettingsCommand[];
  /** What can be undone in each mapping's editor, by the mapping's scope. */
  histories: [scope: string | null, history: unknown][];
  scenarios: { scope: string | null; stored: ScenarioSet; edited: Edited }[];
}

/**
 * One place for each person and each open tab, as two tabs are two drafts. Whoever opens the page takes the place of their own
 * tab, or one whose tab is gone.
 */
export class KeptDraft {
  readonly #key: string;
  /** What the person keeps for all tabs. */
  readonly #own: string;
  readonly #leave: Leave;
  /** Whether what is unsaved is really there. */
  safe = true;

  private constructor(prefix: string, key: string, leave: Leave) {
    this.#key = key;
    this.#own = prefix.trim();
    this.#leave = leave;
    store("sessionStorage", "draft", key);
  }

  static async open(person: number): Promise<KeptDraft> {
    // Two instances on one host differ by where their pages are.
    const prefix = `draft ${new URL(".", location.href).pathname} ${person} `;
    for (const key of places(prefix)) {
      const leave = await hold(key);
      if (leave) return new KeptDraft(prefix, key, leave);
    }
    throw new Error("there is no end of places");
  }

  read(): Kept | null {
    return parsed(recall("localStorage", this.#key)) as Kept | null;
  }

  write(kept: Kept | null): void {
    if (kept === null) {
      forget(this.#key);
      this.safe = true;
      return;
    }
    // Where there is little room, what can be undone is worth less than what was typed.
    this.safe =
      store("localStorage", this.#key, JSON.stringify(kept)) ||
      store("localStorage", this.#key, JSON.stringify({ ...kept, histories: [] }));
  }

  /** What was tried out in this tab. A token is somebody's own: it goes with the tab. */
  readTrial(): unknown {
    return parsed(recall("sessionStorage", `trial ${this.#key}`));
  }

  writeTrial(trial: unknown): void {
    store("sessionStorage", `trial ${this.#key}`, JSON.stringify(trial));
  }

  /** Who and what is pinned: people for good, tokens like what was tried out. */
  readPins(): unknown {
    const people = parsed(recall("localStorage", `pins ${this.#own}`));
    const tokens = parsed(recall("sessionStorage", `pins ${this.#key}`));
    return [people, tokens].flatMap((kept) => (Array.isArray(kept) ? kept : []));
  }

  writePins(pins: readonly Login[]): void {
    const people = pins.filter(({ claims }) => claims === null);
    const tokens = pins.filter(({ claims }) => claims !== null);
    store("localStorage", `pins ${this.#own}`, JSON.stringify(people));
    store("sessionStorage", `pins ${this.#key}`, JSON.stringify(tokens));
  }

  /** Leaves what is kept where it is, for whenever its owner comes back. */
  async close(): Promise<void> {
    await this.#leave();
  }
}

/** Where a draft may be: that of this tab, those that are there, and new ones. */
function* places(prefix: string): Generator<string> {
  const own = recall("sessionStorage", "draft");
  const mine = own?.startsWith(prefix) ? own : null;
  const taken = keys().filter((key) => key.startsWith(prefix));
  if (mine && taken.includes(mine)) yield mine;
  yield* taken;
  if (mine) yield mine;
  for (let number = 1; ; number++) yield `${prefix}${number}`;
}

/** Settles once the place is free. */
type Leave = () => Promise<unknown>;

/** Holds a place for as long as the page is open, or says that another tab does. */
function hold(key: string): Promise<Leave | null> {
  const unheld = async () => {};
  // Browsers have no locks where the page comes over an insecure connection, and refuse them where they keep nothing.
  if (!navigator.locks) return Promise.resolve(unheld);
  return new Promise((resolve) => {
    const held: Promise<unknown> = navigator.locks.request(key, { ifAvailable: true }, (lock) => {
      if (!lock) return resolve(null);
      return new Promise<void>((leave) =>
        resolve(() => {
          leave();
          return held;
        }),
      );
    });
    held.catch(() => resolve(unheld));
  });
}

function parsed(text: string | null): unknown {
  return text === null ? null : (attempt(() => JSON.parse(text)) ?? null);
}

type StorageName = "localStorage" | "sessionStorage";

function keys(): string[] {
  return attempt(() => Object.keys(localStorage)) ?? [];
}

function recall(storage: StorageName, key: string): string | null {
  return attempt(() => window[storage].getItem(key)) ?? null;
}

function store(storage: StorageName, key: string, text: string): boolean {
  return attempt(() => window[storage].setItem(key, text) ?? true) ?? false;
}

function forget(key: string): void {
  attempt(() => localStorage.removeItem(key));
}

/** Storage may be switched off, or full. */
function attempt<Value>(use: () => Value): Value | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
