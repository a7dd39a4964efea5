// The directory of a provider, and what it says of its users.

import type { Directory } from "idp-group-sync/directory";
import { sql } from "kysely";
import type { Application } from "../application.ts";
import type { Database, DirectorySaid } from "../database/schema.ts";
import { isIdentifier } from "../login/identity.ts";
import type { GroupSource } from "../sign-in/group-source.ts";
import { GroupNames } from "./group-names.ts";

type Some = Pick<Application, "providers">;

/** `null` for a provider without one. */
export async function directoryOf({ providers }: Some, id: string): Promise<GroupSource | null> {
  return (await providers.find(id))?.groupSource ?? null;
}

/** The providers that have a directory. */
export async function providersWithDirectory({ providers }: Some): Promise<string[]> {
  return (await providers.list()).filter(({ groupSource }) => groupSource !== null).map(({ id }) => id);
}

/** Who users are in the directory, in the queries here: the claim that says it may be the subject. */
export function directoryId({ userClaim }: Pick<GroupSource, "userClaim">) {
  return sql<string | null>`${sql.ref(userClaim === "sub" ? "users.subject" : "users.directory_id")}`;
}

/** Who a token's user is in the directory, where the subject does not say it already. */
export function directoryIdIn(source: GroupSource | null, claims: Record<string, unknown>): string | null {
  if (source === null || source.userClaim === "sub") return null;
  const id = claims[source.userClaim];
  return isIdentifier(id) ? id : null;
}

const page = 500;

/**
 * Reads the whole list and keeps it for the run, in memory that does not grow with it. It is there once this has ended; where the list throws,
 * so does this. Gives the number of users.
 */
export async function keepEntries(
  database: Database,
  { run, provider, now }: { run: number; provider: string; now: Date },
  directory: Directory,
  signal: AbortSignal,
): Promise<number> {
  const names = new GroupNames(provider, now);
  await forgetEntries(database, run);
  let waiting = new Map<string, DirectorySaid>();
  const keep = async () => {
    await names.keep(database);
    const rows = [...waiting].map(([id, said]) => ({ run_id: run, id, said: JSON.stringify(said) }));
    waiting = new Map();
    if (rows.length === 0) return;
    await database
      .insertInto("reconcile_entries")
      .values(rows)
      // Lists that change while they are read may have somebody on two pages.
      .onConflict((conflict) =>
        conflict.columns(["run_id", "id"]).doUpdateSet((set) => ({ said: set.ref("excluded.said") })),
      )
      .execute();
  };
  for await (const { id, directory: state, groups } of directory.users({
    signal,
    group: (id, name) => names.hear(id, name),
  })) {
    signal.throwIfAborted();
    if (!isIdentifier(id)) continue; // nobody here can be called that
    waiting.set(
      id,
      state === "active" ? { directory: state, groups: [...new Set(groups)].sort() } : { directory: state },
    );
    if (waiting.size === page) await keep();
  }
  await keep();
  const { count } = await database
    .selectFrom("reconcile_entries")
    .select(sql<number>`count(*)::integer`.as("count"))
    .where("run_id", "=", run)
    .executeTakeFirstOrThrow();
  return count;
}

export async function forgetEntries(database: Database, run: number): Promise<void> {
  await database.deleteFrom("reconcile_entries").where("run_id", "=", run).execute();
}
