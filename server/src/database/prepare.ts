// A database that the server can work with: up to date, and with settings.

import { recordKnownClaims } from "../claims/seen-claims.ts";
import { claimsOf } from "../login/unseen-claims.ts";
import { currentSettings, ensureSettings } from "../settings/versions.ts";
import { migrate } from "./migrations.ts";
import type { Database } from "./schema.ts";

export async function prepareDatabase(database: Database): Promise<void> {
  await migrate(database);
  await ensureSettings(database);
  await recordKnownClaims(database, claimsOf((await currentSettings(database)).settings));
}
