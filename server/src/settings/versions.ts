// The settings of group sync. Versions are only ever added, so the audit can name the one that decided a login.

import { type Diagnostic, defaultSettings, type InstanceSettings, type SettingsCommand } from "idp-group-sync";
import { recordKnownClaims } from "../claims/seen-claims.ts";
import type { Database, DatabaseTransaction } from "../database/schema.ts";
import { lockInstance } from "../login/locks.ts";
import { claimsOf } from "../login/unseen-claims.ts";
import { type CommandsResult, runCommands } from "./commands.ts";
import { type SavedSet, saveScenarios } from "./scenarios.ts";
import { usableSettings } from "./usable.ts";
import { missingWorkspace, unusableWorkspace, type WorkspaceFault } from "./workspaces-of-commands.ts";

export interface SettingsVersion {
  version: number;
  settings: InstanceSettings;
}

export interface SettingsActor {
  id: number;
  superAdmin: boolean;
}

/** Says what is to be confirmed about a change, or `null` if nothing is. */
export type Review<Question> = (before: InstanceSettings, after: InstanceSettings) => Promise<Question | null>;

/** What came of commands: what the engine says of them, or that somebody else was faster. */
export type SettingsUpdate<Question> =
  | Foreseen
  | { status: "unconfirmed"; question: Question }
  /** Somebody else has changed the expectations that were to be stored with them. */
  | { status: "stale-expectations" }
  | { status: "saved"; current: SettingsVersion; diagnostics: Diagnostic[][]; expectations: SavedSet[] };

type Foreseen =
  | { status: "unknown-version" }
  /** `base` is what the admin saw, and `yours` what the commands make of it. */
  | { status: "stale"; current: SettingsVersion; base: InstanceSettings; yours: CommandsResult }
  | WorkspaceFault
  | Exclude<CommandsResult, { status: "applied" }>;

export async function currentSettings(database: Database): Promise<SettingsVersion> {
  const { version, document } = await database
    .selectFrom("settings_versions")
    .select(["version", "document"])
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
  return { version, settings: usableSettings(document) };
}

/** One version of the past, or the present one. */
export async function settingsOfVersion(database: Database, version: number): Promise<InstanceSettings | undefined> {
  const row = await database
    .selectFrom("settings_versions")
    .select("document")
    .where("version", "=", version)
    .executeTakeFirst();
  return row && usableSettings(row.document);
}

interface Change {
  /** The version that the admin has seen. */
  seen: number;
  commands: SettingsCommand[];
  actor: SettingsActor;
}

/**
 * Runs commands on the stored settings and stores expectations beside them, all or none, provided that they are still those that the admin
 * has seen. `review` is asked before they are locked, about the very settings that are stored afterwards: those of a version that somebody else
 * has replaced meanwhile are not. `also` is done in the same transaction; what it throws takes everything back.
 */
export async function changeSettings<Question>(
  database: Database,
  {
    review,
    expectations = [],
    also,
    ...change
  }: Change & {
    review: Review<Question>;
    expectations?: SavedSet[];
    also?: (transaction: DatabaseTransaction) => Promise<void>;
  },
): Promise<SettingsUpdate<Question>> {
  const foreseen = await foresee(database, change);
  if (foreseen.status !== "ready") return foreseen;
  const question = isChange(foreseen) ? await review(foreseen.current.settings, foreseen.settings) : null;
  if (question) return { status: "unconfirmed", question };
  if (isChange(foreseen)) await recordKnownClaims(database, claimsOf(foreseen.settings));
  const work = database.transaction().execute(async (transaction): Promise<SettingsUpdate<Question>> => {
    await lockInstance(transaction, "update");
    const result = await foresee(transaction, change);
    if (result.status !== "ready") return result;
    const { current, settings, diagnostics } = result;
    const version = current.version + 1;
    const stored = isChange(result) ? await addVersion(transaction, version, settings, change.actor.id) : current;
    const sets: SavedSet[] = [];
    for (const { workspace, set } of expectations) {
      const saved = await saveScenarios(transaction, workspace, set, change.actor.id);
      if (!saved) throw new StaleExpectations();
      sets.push({ workspace, set: saved });
    }
    await also?.(transaction);
    return { status: "saved", current: stored, diagnostics, expectations: sets };
  });
  return work.catch((error: unknown) => {
    if (error instanceof StaleExpectations) return { status: "stale-expectations" };
    throw error;
  });
}

/** Takes back what the transaction has done. */
class StaleExpectations extends Error {}

interface ReadyChange {
  status: "ready";
  current: SettingsVersion;
  settings: InstanceSettings;
  diagnostics: Diagnostic[][];
}

async function foresee(database: Database, { seen, commands, actor }: Change): Promise<ReadyChange | Foreseen> {
  const unusable = unusableWorkspace(commands);
  if (unusable) return unusable;
  const current = await currentSettings(database);
  if (current.version !== seen) {
    const base = await settingsOfVersion(database, seen);
    if (!base) return { status: "unknown-version" };
    const yours = runCommands(base, commands, actor);
    const forbidden = yours.status === "rejected" && yours.rejection.code === "not-super-admin";
    return forbidden ? yours : { status: "stale", current, base, yours };
  }
  const result = runCommands(current.settings, commands, actor);
  const missing = result.status === "rejected" ? null : await missingWorkspace(database, commands);
  if (missing) return missing;
  if (result.status !== "applied") return result;
  return { ...result, status: "ready", current };
}

function isChange({ current, settings }: ReadyChange): boolean {
  return JSON.stringify(settings) !== JSON.stringify(current.settings);
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
