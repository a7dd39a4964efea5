// When two e-mail addresses are the same. One case is folded, that of ASCII letters: by the rules of Unicode other letters become these too
// (U+212A, the Kelvin sign, becomes `k`), and an address that only looks like somebody's is another person's.

import { type RawBuilder, sql } from "kysely";

const longest = 320;

/** The address as it is compared; `null` for what is none, as with spaces, control characters or what nobody sees. */
export function comparedAddress(address: unknown): string | null {
  if (typeof address !== "string" || address === "" || address.length > longest) return null;
  if (/[\p{C}\p{Z}]/u.test(address)) return null;
  return address.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** The same of `users.email`: with this collation, `lower` folds ASCII alone. The index `users_found_by_email` has it. */
export const comparedEmail: RawBuilder<string> = sql`lower(email collate "C")`;
