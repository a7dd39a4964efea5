// What unsaved settings would do to the next logins of all users whose last token is known.

import { setImmediate } from "node:timers/promises";
import {
  type Catalog,
  effectiveSettings,
  GroupSync,
  GroupSyncError,
  type InstanceSettings,
  type LoginImpactSummary,
} from "idp-group-sync";
import { unseenClaims } from "../../claims/seen-claims.ts";
import type { Database } from "../../database/schema.ts";
import { claimsOf } from "../../login/unseen-claims.ts";
import { currentSettings } from "../../settings/versions.ts";
import { readCatalogs } from "../../workspaces/catalogs.ts";
import { ApiError } from "../errors.ts";
import { configOf } from "../scenarios/hold.ts";
import { requireValid } from "../settings/stored.ts";
import { Comparison, type Event } from "./comparison.ts";
import { countUsers, knownLogins } from "./known-logins.ts";

export interface PreparedImpact {
  start: Extract<Event, { type: "start" }>;
  comparison: Comparison;
  /** Whether anything can differ at all. */
  differs: boolean;
}

/** Everything that can be refused is refused here, before anything is answered. */
export async function prepareImpact(database: Database, settings: InstanceSettings): Promise<PreparedImpact> {
  requireValid(settings);
  const current = await currentSettings(database);
  const { workspaces, catalogs } = await readListed(database, current.settings, settings);
  requireMappings(settings, catalogs);
  const { known, unknown } = await countUsers(database);
  const unseen = await unseenOfBoth(database, current.settings, settings);
  return {
    start: {
      type: "start",
      settingsVersion: current.version,
      users: known,
      withoutClaims: unknown,
      workspaces,
      groupSync: { before: current.settings.enabled, after: settings.enabled },
    },
    comparison: new Comparison(current.settings, settings, catalogs, unseen),
    differs: JSON.stringify(current.settings) !== JSON.stringify(settings),
  };
}

/** A page of events at a time. Whoever stops asking for more ends it. */
export async function* runImpact(
  database: Database,
  { start, comparison, differs }: PreparedImpact,
): AsyncGenerator<Event[]> {
  try {
    yield [start];
    let done = 0;
    const workspaces = start.workspaces.map(({ id }) => id);
    for await (const logins of differs ? knownLogins(database, workspaces) : []) {
      done += logins.length;
      yield [...comparison.compare(logins), { type: "progress", users: done }];
      // The embedded database answers without leaving this thread, so nobody else would get a turn, and nobody could go away.
      await setImmediate();
    }
    yield [{ type: "summary", totals: comparison.finish() }];
  } finally {
    comparison.free();
  }
}

/** There is no answer in time, or not for everybody. */
export class ImpactUnknown extends Error {}

/** The totals alone, in so many milliseconds. */
export async function totalImpact(
  database: Database,
  before: InstanceSettings,
  after: InstanceSettings,
  patience: number,
): Promise<LoginImpactSummary> {
  const deadline = Date.now() + patience;
  const { workspaces, catalogs } = await readListed(database, before, after);
  const unseen = await unseenOfBoth(database, before, after);
  const comparison = new Comparison(before, after, catalogs, unseen);
  try {
    const ids = workspaces.map(({ id }) => id);
    for await (const logins of knownLogins(database, ids)) {
      for (const _ of comparison.compare(logins));
      if (Date.now() > deadline) throw new ImpactUnknown("there are too many users to count in time");
      await setImmediate();
    }
    const totals = comparison.finish();
    if (totals.faultCount > 0) throw new ImpactUnknown(`the logins of ${totals.faultCount} users cannot be foretold`);
    return totals;
  } finally {
    comparison.free();
  }
}

function unseenOfBoth(database: Database, before: InstanceSettings, after: InstanceSettings) {
  return unseenClaims(database, [...claimsOf(before), ...claimsOf(after)]);
}

/** The workspaces of either sync list, and what can be granted there. */
async function readListed(database: Database, ...settings: InstanceSettings[]) {
  const wanted = [...new Set(settings.flatMap(({ workspaces }) => workspaces.map(({ id }) => id)))];
  const workspaces = await database
    .selectFrom("workspaces")
    .select(["id", "name"])
    .where("id", "in", wanted)
    .orderBy("id")
    .execute();
  const catalogs = await readCatalogs(
    database,
    workspaces.map(({ id }) => id),
  );
  return { workspaces, catalogs };
}

/** A login would pass a workspace over whose mapping has errors; whoever is about to save it has to know. */
function requireMappings(settings: InstanceSettings, catalogs: Record<string, Catalog>): void {
  for (const [index, { id, enabled }] of settings.workspaces.entries()) {
    if (!enabled || !(id in catalogs)) continue;
    try {
      new GroupSync(configOf(settings, id, catalogs)).free();
    } catch (error) {
      if (!(error instanceof GroupSyncError && error.code === "invalid-mapping")) throw error;
      const { inherited, entries } = effectiveSettings(settings, id);
      const own = `settings.workspaces[${index}].${entries ? "entries" : "mapping"}`;
      const path = inherited.mapping ? "settings.mapping" : own;
      throw new ApiError(422, { code: error.code, message: error.message, path, diagnostics: error.diagnostics });
    }
  }
}
