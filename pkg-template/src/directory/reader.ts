import type { Directory, DirectoryOptions, DirectoryUser } from "./directory.js";
import { DirectoryError } from "./error.js";
import { Exchange, requireWhole } from "./exchange.js";

/** What every provider is asked through, once it is known that nothing is missing that it needs. */
export function connection(
  options: DirectoryOptions,
  required: Record<string, string>,
): { exchange: Exchange; concurrency: number } {
  for (const [name, value] of Object.entries(required)) {
    if (typeof value === "string" && value !== "") continue;
    throw new DirectoryError("invalid-input", name, "it is missing", "give it as the provider's console shows it");
  }
  const { concurrency = 4 } = options;
  requireWhole("concurrency", concurrency);
  return { exchange: new Exchange(options), concurrency };
}

/** A directory of what reads one user's groups and what reads all users. */
export function reader(
  groupsOf: (userId: string, signal?: AbortSignal) => Promise<string[]>,
  users: (signal?: AbortSignal) => AsyncGenerator<DirectoryUser>,
): Directory {
  // A signal is the platform's, whose type the declarations do without.
  return {
    groupsOf: async (userId, { signal } = {}) => groupsOf(userId, signal as AbortSignal | undefined),
    users: ({ signal } = {}) => users(signal as AbortSignal | undefined),
  };
}
