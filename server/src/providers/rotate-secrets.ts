// A new key encrypts what is written from now on. What an older one has encrypted is written anew at the start, so that it can go.

import type { Database } from "../database/schema.ts";
import type { Encryption } from "../encryption.ts";
import { decryptSecrets, encryptSecrets } from "./configuration.ts";

export async function rotateSecrets(database: Database, encryption: Encryption): Promise<void> {
  const rows = await database
    .selectFrom("providers")
    .select(["id", "secrets"])
    .where("secrets", "is not", null)
    .execute();
  for (const { id, secrets: before } of rows) {
    if (before === null || encryption.isByNewestKey(before)) continue;
    const secrets = decryptSecrets(encryption, id, before);
    if (secrets === null) continue;
    await database
      .updateTable("providers")
      .set({ secrets: encryptSecrets(encryption, id, secrets) })
      .where("id", "=", id)
      .where("secrets", "=", before)
      .execute();
  }
}
