// A database that the server can work with: up to date, and with settings.

import { ensureSettings } from "../settings/versions.ts";
import { migrate } from "./migrations.ts";
import type { Database } from "./schema.ts";

export async function prepareDatabase(database: Database): Promise<void> {
  await migrate(database);
  await ensureSettings(database);
}
