// Why a server cannot begin on its database, in a sentence for whoever starts it. A fault of the server's own is none of these.

import { sql } from "kysely";
import { CannotStart } from "../cannot-start.ts";
import { isUnavailable } from "./failures.ts";
import type { Database } from "./schema.ts";

/** What to do, by SQLSTATE codes. */
const remedies: Record<string, string> = {
  "42501": "give the user of DATABASE_URL the right to make tables in it, or make them the owner of the database",
  "25006": "set DATABASE_URL to a database that can be written to",
};

/** Asks it something, as what keeps a first connection from being made has many forms. */
export async function reachDatabase(database: Database): Promise<void> {
  try {
    await sql`select 1`.execute(database);
  } catch (error) {
    throw new CannotStart(`the database cannot be reached: ${messageOf(error)}; see whether it runs, and DATABASE_URL`);
  }
}

/** `null` for what is not the database's. */
export function whyUnusable(error: unknown): string | null {
  const { code } = error as { code?: string };
  const remedy = remedies[code ?? ""];
  if (remedy) return `the database refuses what the server needs: ${messageOf(error)}; ${remedy}`;
  return isUnavailable(error) ? `the database cannot be reached: ${messageOf(error)}` : null;
}

/** Errors of several addresses, all of which were tried, have no message of their own. */
function messageOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return message || code || "no connection";
}
