// Who would gain or lose what, as the back end tells it bit by bit.

import type { InstanceSettings } from "idp-group-sync";
import type { ImpactEvent } from "../backend/answers.js";
import { type Backend, BackendError } from "../backend/backend.js";

export type ImpactChange = Extract<ImpactEvent, { type: "change" }>;
type Start = Extract<ImpactEvent, { type: "start" }>;
type Summary = Extract<ImpactEvent, { type: "summary" }>;

/** `changed` is called when there is more to show, and not more often than can be painted. */
export class KnownImpact {
  start: Start | null = null;
  changes: ImpactChange[] = [];
  /** How many people have been gone through. */
  done = 0;
  summary: Summary | null = null;
  failure: BackendError | null = null;

  readonly #abort = new AbortController();
  readonly #changed: () => void;
  #telling = false;

  constructor(backend: Backend, settings: InstanceSettings, changed: () => void) {
    this.#changed = changed;
    void this.#read(backend, settings);
  }

  get finished(): boolean {
    return this.summary !== null || this.failure !== null;
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
      if (!this.finished) this.failure = new BackendError({ code: "unreachable", message: "the answer broke off" });
    } catch (error) {
      if (signal.aborted) return;
      this.failure =
        error instanceof BackendError ? error : new BackendError({ code: "unreachable", message: String(error) });
    }
    this.#changed();
  }

  #take(event: ImpactEvent): void {
    switch (event.type) {
      case "start":
        this.start = event;
        break;
      case "change":
        this.changes.push(event);
        break;
      case "progress":
        this.done = event.users;
        break;
      case "summary":
        this.summary = event;
        break;
      case "error":
        this.failure = new BackendError(event.error);
        break;
    }
    this.#tell();
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
