// How far a long input has been read, on a terminal.
import { grouped } from "./diagnostics.js";
import type { Output } from "./terminal.js";

const barWidth = 24;
const interval = 100;

/** A line at the bottom of the terminal that is written over. Where there is no terminal, nothing is printed. */
export class Progress {
  readonly #err: Output;
  readonly #total: number | undefined;
  #bytes = 0;
  #drawnAt = 0;

  /** `total` is the size of the input in bytes, where that is known. */
  constructor(err: Output, total: number | undefined) {
    this.#err = err;
    this.#total = total;
  }

  /** Notes that so much more was read, and what to say of it. */
  advance(bytes: number, note: string): void {
    this.#bytes += bytes;
    if (!this.#err.isTerminal || Date.now() - this.#drawnAt < interval) return;
    this.#drawnAt = Date.now();
    this.#err.overwrite(`${this.#state()}  ${note}`);
  }

  /** Takes the line away, so that something else can be printed there. */
  clear(): void {
    if (this.#drawnAt === 0) return;
    this.#drawnAt = 0;
    this.#err.overwrite("");
  }

  #state(): string {
    if (!this.#total) return `${grouped(Math.round(this.#bytes / 1024))} KiB read`;
    const share = Math.min(1, this.#bytes / this.#total);
    const bar = "#".repeat(Math.round(share * barWidth)).padEnd(barWidth, ".");
    return `[${bar}] ${String(Math.floor(share * 100)).padStart(3)} %`;
  }
}
