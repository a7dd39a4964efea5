// Who a verified token is about.

/** What the identity provider says of somebody. Issuer and subject identify; the rest is only shown. */
export interface Identity {
  issuer: string;
  subject: string;
  email: string | null;
  emailVerified: boolean;
  name: string | null;
}

/** The token is genuine, but names somebody in a way that cannot be stored. */
export class UnusableIdentity extends Error {}

export function identityOf(issuer: string, claims: Record<string, unknown>): Identity {
  const { sub, email, email_verified: emailVerified, name, preferred_username: username } = claims;
  // OpenID Connect allows 255 characters of ASCII. A control character or half a surrogate pair would be stored as something else.
  if (typeof sub !== "string" || sub === "" || sub.length > 255 || /[\p{Cc}\p{Cs}]/u.test(sub)) {
    throw new UnusableIdentity("the claim `sub` is not a text of at most 255 printable characters");
  }
  return {
    issuer,
    subject: sub,
    email: shownText(email),
    emailVerified: emailVerified === true,
    name: shownText(name) ?? shownText(username),
  };
}

function shownText(value: unknown): string | null {
  if (typeof value !== "string") return null;
  return (
    value
      .replace(/[\p{Cc}\p{Cs}]/gu, "")
      .trim()
      .slice(0, 320) || null
  );
}
