// The settings of group sync. Versions are only ever added, so the audit can name the one that decided a login.

import {
  applyCommand,
  defaultSettings,
  type InstanceSettings,
  type SettingsChange,
  type SettingsCommand,
} from "idp-group-sync";
import type { Database, DatabaseTransaction } from "../database/schema.ts";
import { lockInstance } from "../login/locks.ts";

export interface SettingsVersion {
  version: number;
  settings: InstanceSettings;
}

export interface SettingsActor {
  id: number;
  superAdmin: boolean;
}

/** What came of a command: what the engine says of it, or that somebody else was faster. */
export type SettingsUpdate =
  | { status: "stale"; current: SettingsVersion }
  | { status: "saved"; current: SettingsVersion; change: SettingsChange & { status: "applied" } }
  | { status: "refused"; current: SettingsVersion; change: Exclude<SettingsChange, { status: "applied" }> };

export async function currentSettings(database: Database): Promise<SettingsVersion> {
  const { version, document } = await database
    .selectFrom("settings_versions")
    .select(["version", "document"])
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
  return { version, settings: document };
}

/** One version of the past, or the present one. */
export async function settingsOfVersion(database: Database, version: number): Promise<InstanceSettings | undefined> {
  const row = await database
    .selectFrom("settings_versions")
    .select("document")
    .where("version", "=", version)
    .executeTakeFirst();
  return row?.document;
}

/** Runs a command on the stored settings, provided that they are still those that the admin has seen. */
export async function changeSettings(
  database: Database,
  { seen, command, actor }: { seen: number; command: SettingsCommand; actor: SettingsActor },
): Promise<SettingsUpdate> {
  return database.transaction().execute(async (transaction) => {
    await lockInstance(transaction, "update");
    const current = await currentSettings(transaction);
    const change = applyCommand(current.settings, command, { superAdmin: actor.superAdmin });
    if (change.status === "rejected" && change.code === "not-super-admin")
      return { status: "refused", current, change };
    if (current.version !== seen) return { status: "stale", current };
    if (change.status !== "applied") return { status: "refused", current, change };
    const unchanged = JSON.stringify(change.settings) === JSON.stringify(current.settings);
    const saved = unchanged ? current : await addVersion(transaction, current.version + 1, change.settings, actor.id);
    return { status: "saved", current: saved, change };
  });
}

/** The settings of an instance that nobody has configured, in a database that has none. */
export async function ensureSettings(database: Database): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await lockInstance(transaction, "update");
    const any = await transaction.selectFrom("settings_versions").select("version").limit(1).executeTakeFirst();
    if (any) return;
    await transaction
      .insertInto("workspaces")
      .values({ id: "main", name: "Main" })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await addVersion(transaction, 1, defaultSettings("main"), null);
  });
}

async function addVersion(
  transaction: DatabaseTransaction,
  version: number,
  settings: InstanceSettings,
  changedBy: number | null,
): Promise<SettingsVersion> {
  const document = JSON.stringify(settings);
  await transaction.insertInto("settings_versions").values({ version, document, changed_by: changedBy }).execute();
  return { version, settings };
}
