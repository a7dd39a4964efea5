// Random tokens, and what is stored of them: whoever reads the database cannot use what they find.

import { createHash, randomBytes } from "node:crypto";

export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** No salt and no slow hash: a secret of 256 random bits cannot be guessed. */
export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}
