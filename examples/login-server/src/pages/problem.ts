// Something that a person has to be told in words of their own, whatever went wrong behind it. The log has the cause.

export interface ProblemOptions {
  status: number;
  title: string;
  /** What it means, and what to do. */
  detail: string;
  cause?: unknown;
  /** In how many seconds to try again. */
  retryAfter?: number;
}

export class Problem extends Error {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly retryAfter: number | undefined;

  constructor({ status, title, detail, cause, retryAfter }: ProblemOptions) {
    super(title, { cause });
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }
}
