// Work that a process does every so often beside its requests, never twice at a time.

export abstract class BackgroundWork {
  readonly #interval: number;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  protected isStopped = false;

  /** In milliseconds. */
  constructor(interval: number) {
    this.#interval = interval;
  }

  /** Does all that there is to do; it looks whether it is stopped, and never throws. */
  protected abstract work(): Promise<void>;

  start(): void {
    this.#timer = setInterval(() => void this.run(), this.#interval);
    this.#timer.unref();
  }

  /** Does it now, after what is under way. */
  run(): Promise<void> {
    this.#running = this.#running.then(() => this.work());
    return this.#running;
  }

  /** Waits for what is under way. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.#timer);
    await this.#running;
  }
}
