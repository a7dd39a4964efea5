// Whose an entry of the activity is.

import type { AuditEntry } from "../backend/answers.js";
import { messages } from "../messages/language.js";
import { personName } from "../shared/words/access.js";

type Head = Pick<AuditEntry, "user" | "method" | "subject">;

/** Of a run over a directory that failed: nobody's. */
export function isRun({ user, method }: Pick<Head, "user" | "method">): boolean {
  return user === null && method === "directory";
}

export function nameOf(entry: Head): string {
  const m = messages().activity;
  if (isRun(entry)) return m.directoryOf(entry.subject);
  return entry.user ? personName(entry.user) : entry.subject || m.nobodyKnown;
}
