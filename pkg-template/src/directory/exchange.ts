import type { DirectoryOptions } from "./directory.js";
import { DirectoryError } from "./error.js";
import { askedToWait, backoff, passing, platformSleep } from "./retrying.js";

export interface Request {
  method: "GET" | "POST";
  address: string;
  headers: Record<string, string>;
  body?: string;
}

export interface Answer {
  /** What was asked, for messages: without the query, in which there may be anything. */
  place: string;
  status: number;
  headers: { get(name: string): string | null };
  text: string;
}

/** Whether an answer with another status than those that say so asks to come again later. */
export type Throttled = (answer: Answer) => boolean;

/** Requests and their answers: with a time-out and a limit of size, and again where the provider is busy or away. */
export class Exchange {
  readonly #fetch: NonNullable<DirectoryOptions["fetch"]>;
  readonly #sleep: NonNullable<DirectoryOptions["sleep"]>;
  readonly #limits: { timeout: number; attempts: number; longestWait: number; largestAnswer: number };
  readonly now: () => number;

  constructor(options: DirectoryOptions) {
    const { timeout = 10_000, attempts = 5, longestWait = 60_000, largestAnswer = 10_000_000 } = options;
    this.#limits = { timeout, attempts, longestWait, largestAnswer };
    for (const [name, limit] of Object.entries(this.#limits)) requireWhole(name, limit);
    // By a call of its own, as some platforms ask that theirs is not called as somebody's method.
    const given = options.fetch;
    this.#fetch = given ? (address, init) => given(address, init) : (address, init) => fetch(address, init);
    this.#sleep = options.sleep ?? ((time, signal) => platformSleep(time, signal as AbortSignal | undefined));
    this.now = () => (options.now ? options.now() : Date.now());
  }

  /** The answer, of whatever status that is not worth another attempt. */
  async ask(request: Request, signal: AbortSignal | undefined, throttled: Throttled = () => false): Promise<Answer> {
    const url = new URL(request.address);
    const place = `${request.method} ${url.origin}${url.pathname}`;
    for (let attempt = 1; ; attempt++) {
      signal?.throwIfAborted();
      const answer = await this.#once(request, place, signal).catch((error: unknown) => {
        signal?.throwIfAborted();
        return failure(error, place, this.#limits.timeout);
      });
      const fails = answer instanceof DirectoryError;
      if (fails && answer.code === "too-large") throw answer;
      if (!fails && !passing.has(answer.status) && !throttled(answer)) return answer;
      const asked = fails ? undefined : askedToWait(answer.headers, this.now());
      const wait = asked ?? backoff(attempt);
      if (attempt >= this.#limits.attempts || wait > this.#limits.longestWait) {
        throw fails ? answer : busy(answer, attempt, asked);
      }
      await this.#sleep(wait, signal);
    }
  }

  async #once(request: Request, place: string, signal: AbortSignal | undefined): Promise<Answer> {
    const { address, ...init } = request;
    const timeout = AbortSignal.timeout(this.#limits.timeout);
    const answer = await this.#fetch(address, {
      ...init,
      // Whoever answers does not decide where a token is sent next.
      redirect: "manual",
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const text = await this.#textOf(answer.body as ReadableStream<Uint8Array> | null, place);
    return { place, status: answer.status, headers: answer.headers, text };
  }

  async #textOf(body: ReadableStream<Uint8Array> | null, place: string): Promise<string> {
    if (body === null) return "";
    const decoder = new TextDecoder();
    const reader = body.getReader();
    let text = "";
    for (let size = 0; ; ) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      size += value.length;
      if (size > this.#limits.largestAnswer) {
        reader.cancel().catch(() => {});
        const problem = `the answer has more than ${this.#limits.largestAnswer} bytes`;
        throw new DirectoryError("too-large", place, problem, "raise `largestAnswer` if that can be right");
      }
      text += decoder.decode(value, { stream: true });
    }
  }
}

export function requireWhole(option: string, limit: number): void {
  if (Number.isSafeInteger(limit) && limit > 0) return;
  throw new DirectoryError("invalid-input", option, "it is no whole number above 0", "leave it out for the default");
}

/** Errors of `fetch` may hold what was sent, so nothing of them is passed on but a code. */
function failure(error: unknown, place: string, timeout: number): DirectoryError {
  if (error instanceof DirectoryError) return error;
  const { name, cause } = Object(error) as { name?: unknown; cause?: { code?: unknown } };
  if (name === "TimeoutError") {
    const problem = `there was no whole answer within ${timeout} ms`;
    return new DirectoryError("timed-out", place, problem, "try again later, or raise `timeout`");
  }
  const code = cause?.code;
  const why = typeof code === "string" && /^[A-Z_]{3,40}$/.test(code) ? ` (${code})` : "";
  const help = "check the address, the network, and whether the provider is up";
  return new DirectoryError("unavailable", place, `the provider can't be reached${why}`, help);
}

function busy({ place, status }: Answer, attempts: number, asked: number | undefined): DirectoryError {
  const times = attempts === 1 ? "once" : `${attempts} times`;
  const wait = asked === undefined ? "" : `, and asks to wait ${Math.ceil(asked / 1000)} s`;
  const problem = `the provider answered ${times}, at last with status ${status}${wait}`;
  const isThrottled = status === 429 || status === 503 || status === 403;
  return new DirectoryError(isThrottled ? "throttled" : "unavailable", place, problem, "try again later");
}
