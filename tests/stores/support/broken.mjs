// Stores that are broken on purpose: what each does wrong, which check catches it, and what that check has to say.

import { brokenCounts, brokenNames } from "./broken-counts.mjs";
import { brokenLocks } from "./broken-locks.mjs";
import { brokenLogins } from "./broken-logins.mjs";
import { brokenTransactions } from "./broken-transactions.mjs";
import { brokenWrites } from "./broken-writes.mjs";

export const broken = [
  ...brokenTransactions,
  ...brokenLocks,
  ...brokenWrites,
  ...brokenCounts,
  ...brokenNames,
  ...brokenLogins,
];
