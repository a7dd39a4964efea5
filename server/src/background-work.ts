// Work that a process does every so often beside its requests, never twice at a time.

export interface BackgroundOptions {
  /** In milliseconds. */
  interval: number;
  log: { warn: (details: object, message: string) => void };
  /** What the log says where it failed. It is done again after the interval. */
  failure: string;
}

export abstract class BackgroundWork {
  readonly #options: BackgroundOptions;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  protected isStopped = false;

  constructor(options: BackgroundOptions) {
    this.#options = options;
  }

  /** Does all that there is to do, and looks whether it is stopped. */
  protected abstract work(): Promise<void>;

  start(): void {
    this.#timer ??= setInterval(() => void this.run(), this.#options.interval);
    this.#timer.unref();
  }

  /** Does it now, after what is under way. It never throws. */
  run(): Promise<void> {
    const { log, failure } = this.#options;
    this.#running = this.#running.then(() => this.work()).catch((error: unknown) => log.warn({ err: error }, failure));
    return this.#running;
  }

  /** Waits for what is under way. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.#timer);
    await this.#running;
  }
}
