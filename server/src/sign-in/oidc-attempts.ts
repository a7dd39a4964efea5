// Sign-ins on their way to the identity provider and back: each is good once, for ten minutes, and only in the browser that began it.

import type { Database } from "../database/schema.ts";
import { hashOf } from "../secrets.ts";
import { type Destination, destinationOf } from "./destination.ts";
import type { Handshake } from "./oidc-client.ts";

export const attemptSeconds = 10 * 60;

export interface Attempt extends Handshake {
  /** Where it has gone: nobody else's answer counts. */
  providerId: string;
  /** Of the secret in the link of an invitation, if it began with one. */
  invitationHash: string | null;
  /** The super admin who only tests what signing in would come to. */
  testBy: number | null;
  /** What they wanted to see. */
  destination: Destination;
}

export async function rememberAttempt(
  database: Database,
  browser: string,
  { state, nonce, codeVerifier, providerId, invitationHash, testBy, destination }: Attempt,
  now: Date,
): Promise<void> {
  await database
    .insertInto("sign_in_attempts")
    .values({
      state_hash: hashOf(state),
      browser_hash: hashOf(browser),
      provider_id: providerId,
      nonce,
      code_verifier: codeVerifier,
      invitation_hash: invitationHash,
      test_by: testBy,
      destination,
      expires_at: new Date(now.getTime() + attemptSeconds * 1000),
    })
    .execute();
}

/** Takes the attempt out, so that nobody can use it a second time. */
export async function takeAttempt(
  database: Database,
  browser: string,
  state: string,
  now: Date,
): Promise<Attempt | null> {
  const row = await database
    .deleteFrom("sign_in_attempts")
    .where("state_hash", "=", hashOf(state))
    .where("browser_hash", "=", hashOf(browser))
    .where("expires_at", ">", now)
    .returning([
      "nonce",
      "code_verifier as codeVerifier",
      "provider_id as providerId",
      "invitation_hash as invitationHash",
      "test_by as testBy",
      "destination",
    ])
    .executeTakeFirst();
  return row ? { state, ...row, destination: destinationOf(row.destination) } : null;
}
