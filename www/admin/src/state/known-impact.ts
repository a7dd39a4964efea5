// Who would gain or lose what, as the back end tells it bit by bit.

import type { InstanceSettings } from "idp-group-sync";
import type { ImpactEvent } from "../backend/answers.js";
import { type Backend, BackendError } from "../backend/backend.js";

export type ImpactChange = Extract<ImpactEvent, { type: "change" }>;
/** A login that is refused as a whole on one side only. */
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

/** `changed` is called when there is more to show, and not more often than can be painted. */
export class KnownImpact {
  readonly #changes: ImpactChange[] = [];
  readonly #logins: LoginChange[] = [];
  #state: ImpactState = {
    ...{ start: null, changes: this.#changes, logins: this.#logins },
    ...{ done: 0, summary: null, failure: null },
  };

  readonly #abort = new AbortController();
  readonly #changed: () => void;
  #telling = false;

  constructor(backend: Backend, settings: InstanceSettings, changed: () => void) {
    this.#changed = changed;
    void this.#read(backend, settings);
  }

  /** Another object whenever more is known. */
  get state(): ImpactState {
    return this.#state;
  }

  get finished(): boolean {
    return this.#state.summary !== null || this.#state.failure !== null;
  }

  stop(): void {
    this.#abort.abort();
  }

  async #read(backend: Backend, settings: InstanceSettings): Promise<void> {
    const { signal } = this.#abort;
    try {
      for await (const event of backend.impact(settings, signal)) {
        if (signal.aborted) return;
        this.#take(event);
      }
      if (!this.finished) this.#fail(new BackendError({ code: "unreachable", message: "the answer broke off" }));
    } catch (error) {
      if (signal.aborted) return;
      this.#fail(
        error instanceof BackendError ? error : new BackendError({ code: "unreachable", message: String(error) }),
      );
    }
    this.#changed();
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

  #fail(failure: BackendError): void {
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
