// Deleting a workspace: from the sync list by the command that the settings have for it, and with all that is in it, in one transaction. So
// neither the list nor its default ever names one that was deleted here.

import { sql } from "kysely";
import type { Database } from "../database/schema.ts";
import { lockWorkspaces } from "../login/locks.ts";
import {
  changeSettings,
  currentSettings,
  type Review,
  type SettingsActor,
  type SettingsUpdate,
} from "../settings/versions.ts";
import { type Losses, readLosses } from "./workspaces.ts";

export interface Deletion<Question> {
  workspace: string;
  /** The version of the settings that the admin has seen. */
  seen: number;
  /** Where the default workspace is deleted. */
  newDefault?: string | undefined;
  /** How many members it was said to have. */
  members: number | undefined;
  actor: SettingsActor;
  review: Review<Question>;
}

export type DeletionResult<Question> =
  | SettingsUpdate<Question>
  | { status: "no-workspace" | "last-workspace" }
  /** Its members are not as many as was confirmed. */
  | { status: "losses-unconfirmed"; losses: Losses };

export async function deleteWorkspace<Question>(
  database: Database,
  { workspace, seen, newDefault, members, actor, review }: Deletion<Question>,
): Promise<DeletionResult<Question>> {
  const refused = await refusalOf(database, workspace, members);
  if (refused) return refused;
  const { settings } = await currentSettings(database);
  const isListed = settings.workspaces.some(({ id }) => id === workspace);
  const remove = { type: "remove-workspace" as const, workspace, confirmed: true };
  const command = newDefault === undefined ? remove : { ...remove, newDefault };
  const update = changeSettings(database, {
    seen,
    commands: isListed ? [command] : [],
    actor,
    review,
    // Whoever is about to sign in waits for the instance, and finds it gone. That it is not listed holds as long as the version does.
    also: async (transaction) => {
      const [locked] = await lockWorkspaces(transaction, [workspace]);
      const refused = await refusalOf(transaction, workspace, members);
      if (refused) throw new Refused(refused);
      await transaction
        .updateTable("instance")
        .set({ retired_catalog_version: sql`greatest(retired_catalog_version, ${locked?.catalog_version ?? 0})` })
        .execute();
      await transaction.deleteFrom("workspaces").where("id", "=", workspace).execute();
    },
  });
  return update.catch((error: unknown) => {
    if (error instanceof Refused) return error.result;
    throw error;
  });
}

type Refusal = Exclude<DeletionResult<never>, SettingsUpdate<never>>;

/** Takes back what the transaction has done. */
class Refused extends Error {
  readonly result: Refusal;

  constructor(result: Refusal) {
    super(result.status);
    this.result = result;
  }
}

async function refusalOf(database: Database, workspace: string, members: number | undefined): Promise<Refusal | null> {
  const rows = await database.selectFrom("workspaces").select("id").execute();
  if (!rows.some(({ id }) => id === workspace)) return { status: "no-workspace" };
  if (rows.length === 1) return { status: "last-workspace" };
  const losses = await readLosses(database, workspace);
  return losses.members === members ? null : { status: "losses-unconfirmed", losses };
}
