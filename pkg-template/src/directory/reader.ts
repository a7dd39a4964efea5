import type { Directory, DirectoryOptions, DirectoryUser, Reading } from "./directory.js";
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

/** Who is told of groups. */
export type Listener = NonNullable<Reading["group"]>;

/** A directory of what reads one user's groups and what reads all users. */
export function reader(
  groupsOf: (userId: string, tell: Listener, signal?: AbortSignal) => Promise<string[]>,
  users: (tell: Listener, signal?: AbortSignal) => AsyncGenerator<DirectoryUser>,
): Directory {
  // A signal is the platform's, whose type the declarations do without.
  return {
    groupsOf: async (userId, { signal, group = nobody } = {}) =>
      groupsOf(userId, group, signal as AbortSignal | undefined),
    users: ({ signal, group = nobody } = {}) => users(group, signal as AbortSignal | undefined),
  };
}

const nobody: Listener = () => {};
