// Sessions that somebody else ends than who is signed in. Why is kept until they would have ended by themselves, for their browsers alone.

import { type ExpressionBuilder, type ExpressionWrapper, type SqlBool, sql } from "kysely";
import type { Database, EndReason, Schema } from "../database/schema.ts";

type Which = (sessions: ExpressionBuilder<Schema, "sessions">) => ExpressionWrapper<Schema, "sessions", SqlBool>;

/** Gives their number. */
export async function endSessions(database: Database, which: Which, reason: EndReason): Promise<number> {
  const { numInsertedOrUpdatedRows } = await database
    .with("ended", (ending) => ending.deleteFrom("sessions").where(which).returning(["token_hash", "expires_at"]))
    .insertInto("ended_sessions")
    .columns(["token_hash", "expires_at", "reason"])
    .expression((from) =>
      from.selectFrom("ended").select(["token_hash", "expires_at", sql<EndReason>`${reason}`.as("reason")]),
    )
    .executeTakeFirstOrThrow();
  return Number(numInsertedOrUpdatedRows ?? 0);
}
