// What the latest tokens hold: which groups, and which of their claims groups can be read from. The engine reads them, as at a login.

import { setImmediate } from "node:timers/promises";
import { type ClaimOptions, type ClaimSuggestions, readGroups, suggestClaims } from "idp-group-sync";
import type { Database } from "../database/schema.ts";

export interface Seen {
  name: string;
  /** How many of the users. */
  users: number;
  lastSeen: Date;
}

/** Enough to suggest from, and read in well under a second. */
const latest = 1000;
/** Of so many, it can be said which groups nobody has. */
const latestForGroups = 10_000;
/** A group that nobody had for so long is gone, as far as anybody can say. */
const recentDays = 90;
const page = 100;
const mostNames = 10_000;

export interface GroupsSeen {
  tokens: number;
  /** What counts as recent, and how many of the tokens are. */
  since: Date;
  recent: number;
  groups: Seen[];
  cut: boolean;
}

/** The groups that tokens have under this claim, the commonest first. */
export async function groupsSeen(database: Database, claim: ClaimOptions, now: Date): Promise<GroupsSeen> {
  readGroups({}, claim); // throws for options that no claim can be read with
  const since = new Date(now.getTime() - recentDays * 24 * 3_600_000);
  let recent = 0;
  const counter = new Counter();
  const read = (claims: object, at: Date) => {
    if (at >= since) recent += 1;
    for (const group of readGroups(claims, claim).groups) counter.add(group, at);
  };
  const tokens = await eachToken(database, read, latestForGroups);
  return { tokens, since, recent, groups: counter.commonestFirst(), cut: counter.cut };
}

/** The groups that each token has under this claim, those of the latest login first. Nothing says whose they are. */
export async function groupsOfEach(database: Database, claim: ClaimOptions): Promise<string[][]> {
  readGroups({}, claim); // throws for options that no claim can be read with
  const users: string[][] = [];
  await eachToken(database, (claims) => users.push(readGroups(claims, claim).groups));
  return users;
}

/** In how many tokens this claim is, and which others may be meant. */
export async function claimSought(database: Database, claim: ClaimOptions): Promise<ClaimSuggestions> {
  readGroups({}, claim); // throws for options that no claim can be read with
  const tokens: object[] = [];
  await eachToken(database, (claims) => tokens.push(claims));
  return suggestClaims(tokens, { claim });
}

class Counter {
  readonly #seen = new Map<string, Seen>();
  /** Whether there were too many names to keep. */
  cut = false;

  add(name: string, at: Date): void {
    const seen = this.#seen.get(name);
    if (seen) seen.users += 1;
    else if (this.#seen.size < mostNames) this.#seen.set(name, { name, users: 1, lastSeen: at });
    else this.cut = true;
  }

  commonestFirst(): Seen[] {
    return [...this.#seen.values()].sort((a, b) => b.users - a.users || (a.name < b.name ? -1 : 1));
  }
}

/** Calls `visit` with the tokens of the latest logins, newest first, and gives their number. */
async function eachToken(
  database: Database,
  visit: (claims: object, at: Date) => void,
  most = latest,
): Promise<number> {
  for (let seen = 0; ; ) {
    const rows = await database
      .selectFrom("known_claims")
      .select(["at", "claims"])
      .orderBy("at", "desc")
      .orderBy("user_id")
      .limit(page)
      .offset(seen)
      .execute();
    for (const { at, claims } of rows) visit(claims, at);
    seen += rows.length;
    await setImmediate(); // so that others get a turn
    if (rows.length < page || seen >= most) return seen;
  }
}
