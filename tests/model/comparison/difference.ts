// What is thrown where the model and the package come to different results.

import { asCase } from "./as-case.ts";

export class Difference extends Error {
  /** As it could stand in tests/cases/, with what the model expects. */
  readonly asCase: unknown;
  readonly expect: unknown;
  readonly got: unknown;

  constructor(asCase: unknown, expect: unknown, got: unknown) {
    super("the model and the package differ");
    this.asCase = asCase;
    this.expect = expect;
    this.got = got;
  }
}

/** `aspect` and `given` as tests/cases/README.md has them. */
export function compare(aspect: string, given: () => object, expect: unknown, got: unknown): void {
  if (!isSame(expect, got)) throw new Difference(asCase(aspect, { ...given() }, expect, got), expect, got);
}

/** A field that is `undefined` is as good as absent. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const first = Object.entries(one).filter(([, value]) => value !== undefined);
  const second = Object.entries(other).filter(([, value]) => value !== undefined);
  const values = other as Record<string, unknown>;
  return first.length === second.length && first.every(([key, value]) => isSame(value, values[key]));
}

/** What a call gives, or the code and path of what it throws. */
export function attempt(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    const { code, path } = error as { code?: unknown; path?: unknown };
    if (typeof code !== "string") throw error;
    return { error: { code, path } };
  }
}

export function invalidInput(path: string): unknown {
  return { error: { code: "invalid-input", path } };
}
