// Something that a person has to be told in words of their own, whatever went wrong behind it. The log has the cause.

export interface ProblemOptions {
  status: number;
  /** Stable, for those whose failed sign-ins are looked up. */
  code: string;
  title: string;
  /** What it means, and what to do. */
  detail: string;
  cause?: unknown;
  /** The audit has it already, under the number of the request. */
  isAudited?: boolean;
  /** What was typed as an address, where somebody was to sign in. */
  typed?: string;
  /** In how many seconds to try again. */
  retryAfter?: number;
}

export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly retryAfter: number | undefined;
  readonly isAudited: boolean;
  /** Not a property that a log writes down: people type their password into the wrong field. */
  readonly #typed: string | undefined;

  constructor({ status, code, title, detail, cause, isAudited = false, typed, retryAfter }: ProblemOptions) {
    super(title, { cause });
    this.status = status;
    this.code = code;
    this.title = title;
    this.detail = detail;
    this.retryAfter = retryAfter;
    this.isAudited = isAudited;
    this.#typed = typed;
  }

  get typed(): string | undefined {
    return this.#typed;
  }
}
