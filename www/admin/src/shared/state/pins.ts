// Whose logins are looked at while somebody types: known people by their number, and tokens by their claims.

import type { Login } from "./login-previews.js";

export class Pins {
  readonly most = 12;
  readonly #changed: () => void;
  #all: readonly Login[] = [];

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The same array as long as the pins are the same. */
  get all(): readonly Login[] {
    return this.#all;
  }

  /** What was kept, whatever it is by now. */
  take(kept: unknown): void {
    this.#all = Array.isArray(kept) ? kept.filter(isLogin).slice(0, this.most) : [];
  }

  add(login: Login): void {
    if (this.#all.length >= this.most || this.#all.some((one) => isSame(one, login))) return;
    this.#all = [...this.#all, login];
    this.#changed();
  }

  remove(login: Login): void {
    this.#all = this.#all.filter((one) => one !== login);
    this.#changed();
  }
}

function isSame(a: Login, b: Login): boolean {
  return JSON.stringify([a.userId, a.claims]) === JSON.stringify([b.userId, b.claims]);
}

function isLogin(value: unknown): value is Login {
  if (typeof value !== "object" || value === null) return false;
  const { userId, claims } = value as Record<string, unknown>;
  if (typeof claims !== "object") return false;
  return claims === null ? Number.isInteger(userId) : userId === null;
}
