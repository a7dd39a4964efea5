// How often a password may be tried, counted in the database for all processes together. It holds for addresses that nobody has too, so that
// it says nothing about who has an account.
//
// Each account has ten attempts. After those, and until a right password, each further one has to wait: a second, two, four, and so on up to
// a quarter of an hour. An hour after the last wait everything is forgotten.
//
// Others could thus keep somebody waiting for as long as they go on. So a browser in which the password was right once has attempts of its
// own: whoever has signed in there before is not held up by strangers. Single sign-on is never held up.

import { sql } from "kysely";
import type { Database } from "../database/schema.ts";
import { hashOf } from "../secrets.ts";

const freeAttempts = 10;
const longestWait = 15 * 60;
const forgottenAfter = 60 * 60;
export const browserRememberedFor = 180 * 24 * 60 * 60;

/** Under what this attempt is counted, or how many seconds it has to wait. */
export type Counted = { key: string } | { wait: number };

/** `account` is as `accountOf` has it; `browser` is the secret of a browser, if it has one. */
export async function countAttempt(
  database: Database,
  { account, browser, now }: { account: string; browser: string | undefined; now: Date },
): Promise<Counted> {
  const own = browser === undefined ? undefined : await count(database, keyOf(account, browser), now);
  if (own) return own;
  const key = keyOf(account);
  await database
    .insertInto("password_limits")
    .values({ key, attempts: 0, open_at: now, expires_at: now })
    .onConflict((conflict) => conflict.column("key").doNothing())
    .execute();
  // Only the cleaning takes a row away, and only one that was forgotten long ago.
  return (await count(database, key, now)) ?? { wait: 1 };
}

/** The row's lock makes attempts at the same time come one after the other. `undefined` if nothing is counted under this key. */
async function count(database: Database, key: string, now: Date): Promise<Counted | undefined> {
  const isForgotten = sql<boolean>`expires_at <= ${now}`;
  const attempts = sql<number>`case when ${isForgotten} then 1 else attempts + 1 end`;
  const wait = sql`make_interval(secs => least(${longestWait}, power(2, least(${attempts} - ${freeAttempts}, 20))))`;
  const openAt = sql<Date>`case when ${attempts} < ${freeAttempts} then ${now}::timestamptz else ${now}::timestamptz + ${wait} end`;
  const counted = await database
    .updateTable("password_limits")
    .set({
      attempts,
      open_at: openAt,
      expires_at: sql<Date>`greatest(expires_at, ${openAt} + make_interval(secs => ${forgottenAfter}))`,
    })
    .where("key", "=", key)
    .where(({ or, eb }) => or([eb("open_at", "<=", now), isForgotten]))
    .returning("key")
    .executeTakeFirst();
  if (counted) return counted;
  const row = await database.selectFrom("password_limits").select("open_at").where("key", "=", key).executeTakeFirst();
  return row && { wait: Math.max(1, Math.ceil((row.open_at.getTime() - now.getTime()) / 1000)) };
}

/** The password was right: its attempts begin anew, and the browser has some of its own from now on. */
export async function forgetAttempts(
  database: Database,
  { key, account, browser, now }: { key: string; account: string; browser: string; now: Date },
): Promise<void> {
  const own = keyOf(account, browser);
  const remembered = new Date(now.getTime() + browserRememberedFor * 1000);
  if (key !== own) await database.deleteFrom("password_limits").where("key", "=", key).execute();
  const values = { attempts: 0, open_at: now, expires_at: remembered };
  await database
    .insertInto("password_limits")
    .values({ key: own, ...values })
    .onConflict((conflict) => conflict.column("key").doUpdateSet(values))
    .execute();
}

function keyOf(account: string, browser?: string): string {
  return hashOf(JSON.stringify(browser === undefined ? [account] : [account, browser]));
}
