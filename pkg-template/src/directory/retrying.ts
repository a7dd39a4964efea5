// When to ask again.

/** What says that it is too much, or not now, and what a proxy says of a server that is away. */
export const passing: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** How long to wait before the attempt after this one (the first is 1), in milliseconds, where the provider names no time. */
export const backoff = (attempt: number): number => 1000 * 2 ** (attempt - 1);

/**
 * How long the provider asks to wait, in milliseconds: by `Retry-After`, in seconds or as a date, or by the header of Okta and Auth0, which
 * has the second since 1970.
 */
export function askedToWait(headers: { get(name: string): string | null }, now: number): number | undefined {
  // Times of the provider are counted by its own clock, where it tells that.
  const there = Date.parse(headers.get("date") ?? "");
  const until = (time: number) => (Number.isNaN(time) ? undefined : Math.max(0, time - (there || now)));
  const after = headers.get("retry-after")?.trim();
  if (after) return /^\d+$/.test(after) ? Number(after) * 1000 : until(Date.parse(after));
  const reset = headers.get("x-rate-limit-reset") ?? headers.get("x-ratelimit-reset");
  return reset && /^\d+$/.test(reset.trim()) ? until(Number(reset) * 1000) : undefined;
}

/** Waits by the platform's timer. */
export function platformSleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted) stop();
    signal?.addEventListener("abort", stop, { once: true });
  });
}
