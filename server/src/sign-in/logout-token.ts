// What an identity provider sends when it ends sessions: OpenID Connect Back-Channel Logout 1.0, section 2.4.

import { isIdentifier } from "../login/identity.ts";
import type { SigningKeys } from "./signing-keys.ts";

const event = "http://schemas.openid.net/event/backchannel-logout";
/** Between the clocks of the identity provider and of this server, in seconds. */
const tolerance = 60;
/** It is sent again for a while if this server does not answer. */
const oldest = 60 * 60;

export interface LogoutToken {
  issuer: string;
  /** Never the same twice. */
  id: string;
  issuedAt: Date;
  expiresAt: Date;
  /** Whose sessions end, or `null` if the session's id says it. At least one of the two is there. */
  subject: string | null;
  sid: string | null;
}

/** A logout token that is genuine, and says something else than the specification wants. */
export class UnusableLogoutToken extends Error {}

export async function logoutTokenOf(
  token: string,
  keys: SigningKeys,
  expected: { issuer: string; audience: string },
): Promise<LogoutToken> {
  const claims = await keys.claimsOf(token, {
    ...expected,
    requiredClaims: ["iat", "exp", "jti", "events"],
    clockTolerance: tolerance,
    maxTokenAge: oldest,
  });
  const { sub: subject = null, sid = null, jti: id, iat, exp, events } = claims;
  if (!isEvent(events)) throw new UnusableLogoutToken(`the claim \`events\` does not have ${event}`);
  // Otherwise an ID token could be sent in its place.
  if ("nonce" in claims) throw new UnusableLogoutToken("a logout token has no `nonce`");
  for (const [name, value] of Object.entries({ sub: subject, sid, jti: id })) {
    if (value !== null && !isIdentifier(value))
      throw new UnusableLogoutToken(`the claim \`${name}\` is not a short text`);
  }
  if (subject === null && sid === null)
    throw new UnusableLogoutToken("neither `sub` nor `sid` says whose sessions end");
  return {
    issuer: expected.issuer,
    id: id as string,
    issuedAt: new Date((iat as number) * 1000),
    expiresAt: new Date((exp as number) * 1000),
    subject,
    sid: sid as string | null,
  };
}

function isEvent(events: unknown): boolean {
  if (typeof events !== "object" || events === null || !Object.hasOwn(events, event)) return false;
  const value: unknown = Reflect.get(events, event);
  return typeof value === "object" && value !== null;
}
