import { type Arguments, ask, askOfBytes, send } from "./boundary.js";
import { call, type Instance, instance, isRunning } from "./engine.js";
import { GroupSyncError } from "./error.js";
import type { Glue } from "./generated/glue.js";

/** An object in the engine's memory. */
interface EngineObject {
  free(): void;
}

/** Frees what a program forgot to free, where the runtime can tell. */
const forgotten =
  typeof FinalizationRegistry === "undefined"
    ? undefined
    : new FinalizationRegistry<Handle<EngineObject>>((handle) => {
        try {
          handle.release();
        } catch {
          // The engine stopped and will be started anew; nobody waits for this object, so nobody is told.
        }
      });

/** Holds one object of one engine instance, and knows when it may no longer be used. */
export class Handle<Inner extends EngineObject> {
  readonly #className: string;
  readonly #instance: Instance;
  readonly #inner: Inner;
  /** Why there is nothing left to use, once there is not. */
  #ended: "was freed" | "is finished" | undefined;

  /**
   * @param owner what the program holds; the object is freed after `owner` is collected
   * @param className how messages call `owner`
   * @param given what it is made of
   * @param construct makes the object
   */
  constructor(owner: object, className: string, given: Arguments, construct: (glue: Glue, length: number) => Inner) {
    this.#className = className;
    this.#instance = instance();
    this.#inner = send(this.#instance, given, construct);
    forgotten?.register(owner, this, this);
  }

  /**
   * Runs one call on the object. What is given may be read by foreign code, which may free the object.
   *
   * @param quick a quicker way, which gives nothing where it does not lead to the result
   */
  use<Result>(
    given: () => Arguments,
    work: (inner: Inner, length: number) => number,
    quick?: (target: Instance, inner: Inner, given: Arguments) => Result | undefined,
  ): Result {
    this.#requireUsable();
    const read = given();
    this.#requireUsable();
    const result = quick?.(this.#instance, this.#inner, read);
    return result ?? ask(this.#instance, read, (_, length) => work(this.#inner, length));
  }

  /** Runs one call on the object that takes bytes. */
  useOnBytes<Result>(given: () => Uint8Array, work: (inner: Inner, length: number) => number): Result {
    this.#requireUsable();
    return askOfBytes(this.#instance, given(), (_, length) => work(this.#inner, length));
  }

  #requireUsable(): void {
    if (this.#ended !== undefined) {
      throw new GroupSyncError("freed", `this \`${this.#className}\` ${this.#ended}; construct a new one`);
    }
    if (!isRunning(this.#instance)) {
      throw new GroupSyncError(
        "internal",
        `this \`${this.#className}\` was lost when the engine stopped unexpectedly; construct a new one`,
      );
    }
  }

  /** Runs the call that uses the object up, and so frees it, whatever comes of the call. */
  useUp<Result>(given: () => Uint8Array, work: (inner: Inner, length: number) => number): Result {
    return this.useOnBytes(given, (inner, length) => {
      this.#ended = "is finished";
      forgotten?.unregister(this);
      return work(inner, length);
    });
  }

  /** Frees the object; harmless when that is done already. */
  free(): void {
    if (this.#ended !== undefined) return;
    this.#ended = "was freed";
    forgotten?.unregister(this);
    this.release();
  }

  /** Gives the memory back: once, by `free` or after the owner was collected. */
  release(): void {
    // The memory of an instance that stopped is not touched again; it goes with the instance.
    if (isRunning(this.#instance)) call(this.#instance, () => this.#inner.free());
  }
}
