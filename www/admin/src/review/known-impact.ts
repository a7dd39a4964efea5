// What becomes of people's next logins, as the back end tells it bit by bit.

import type { InstanceSettings } from "idp-group-sync";
import type { ImpactEvent } from "../backend/answers.js";
import { type Backend, BackendError } from "../backend/backend.js";

export type ImpactChange = Extract<ImpactEvent, { type: "change" }>;
/** A login that is refused as a whole on one side only, or for another reason. */
export type LoginChange = Extract<ImpactEvent, { type: "login" }>;
type Start = Extract<ImpactEvent, { type: "start" }>;
type Summary = Extract<ImpactEvent, { type: "summary" }>;

/** What is known so far. */
export interface ImpactState {
  start: Start | null;
  changes: readonly ImpactChange[];
  logins: readonly LoginChange[];
  /** How many people have been gone through. */
  done: number;
  summary: Summary | null;
  failure: BackendError | null;
}

/** Nobody waits longer than this for a sign of life. */
const PATIENCE = 20_000;

/** `changed` is called when there is more to show, and not more often than can be painted. */
export class KnownImpact {
  readonly #changes: ImpactChange[] = [];
  readonly #logins: LoginChange[] = [];
  #state: ImpactState = {
    start: null,
    changes: this.#changes,
    logins: this.#logins,
    done: 0,
    summary: null,
    failure: null,
  };

  readonly #abort = new AbortController();
  readonly #changed: () => void;
  #telling = false;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(backend: Backend, settings: InstanceSettings, changed: () => void) {
    this.#changed = changed;
    void this.#read(backend, settings);
  }

  /** Another object whenever more is known. */
  get state(): ImpactState {
    return this.#state;
  }

  stop(): void {
    clearTimeout(this.#waiting);
    this.#abort.abort();
  }

  async #read(backend: Backend, settings: InstanceSettings): Promise<void> {
    const { signal } = this.#abort;
    this.#wait();
    try {
      for await (const event of backend.impact(settings, signal)) {
        if (signal.aborted) return;
        this.#wait();
        this.#take(event);
      }
      if (!this.#state.summary && !this.#state.failure) this.#fail("the answer broke off");
    } catch (error) {
      if (signal.aborted) return;
      this.#fail(error);
    }
    clearTimeout(this.#waiting);
    this.#changed();
  }

  /** Whoever goes silent does not keep anybody waiting for ever. */
  #wait(): void {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => {
      this.#abort.abort();
      this.#fail("the answer takes too long");
      this.#changed();
    }, PATIENCE);
  }

  #take(event: ImpactEvent): void {
    switch (event.type) {
      case "start":
        this.#state = { ...this.#state, start: event };
        break;
      case "change":
        this.#changes.push(event);
        this.#state = { ...this.#state };
        break;
      case "login":
        this.#logins.push(event);
        this.#state = { ...this.#state };
        break;
      case "progress":
        this.#state = { ...this.#state, done: event.users };
        break;
      case "summary":
        this.#state = { ...this.#state, summary: event };
        break;
      case "error":
        this.#fail(new BackendError(event.error));
        break;
    }
    this.#tell();
  }

  #fail(why: unknown): void {
    const failure = why instanceof BackendError ? why : new BackendError({ code: "unreachable", message: String(why) });
    this.#state = { ...this.#state, failure };
  }

  #tell(): void {
    if (this.#telling) return;
    this.#telling = true;
    setTimeout(() => {
      this.#telling = false;
      if (!this.#abort.signal.aborted) this.#changed();
    }, 50);
  }
}
