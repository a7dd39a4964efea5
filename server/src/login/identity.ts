// Who a verified token is about.

import { comparedAddress } from "./addresses.ts";

/** What the identity provider says of somebody. Issuer and subject identify; the rest is only shown. */
export interface Identity {
  issuer: string;
  subject: string;
  /** As the token has it; `null` if it is no address. */
  email: string | null;
  emailVerified: boolean;
  name: string | null;
  /** How the provider's directory calls them, where that is not the subject. */
  directoryId?: string | null;
}

/** The token is genuine, but names somebody in a way that cannot be stored. */
export class UnusableIdentity extends Error {}

export function identityOf(issuer: string, claims: Record<string, unknown>): Identity {
  const { sub, oid, email, email_verified: emailVerified, name, preferred_username: username } = claims;
  if (!isIdentifier(sub)) {
    throw new UnusableIdentity("the claim `sub` is not a text of at most 255 printable characters");
  }
  return {
    issuer,
    subject: sub,
    email: comparedAddress(email) === null ? null : (email as string),
    emailVerified: emailVerified === true,
    name: shownText(name) ?? shownText(username),
    directoryId: isEntra(issuer) && isIdentifier(oid) ? oid : null,
  };
}

/** The subjects of Entra ID differ from application to application; `oid` is the one id that its directory knows. */
function isEntra(issuer: string): boolean {
  return /^https:\/\/login\.(microsoftonline\.(com|us)|partner\.microsoftonline\.cn)\//.test(issuer);
}

/** Whether the database keeps and finds it as it is: neither control characters nor halves of characters, which it would store as something else. */
export function isStorable(text: string): boolean {
  return !/[\p{Cc}\p{Cs}]/u.test(text);
}

/**
 * What the protocol identifies users, sessions and tokens by, if it can be stored and compared as it is. OpenID Connect allows 255
 * characters of ASCII.
 */
export function isIdentifier(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= 255 && isStorable(value);
}

const longestName = 320;

/** What cannot be shown is replaced where one sees it: nobody is called like somebody else by characters that fall away. */
export function shownText(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const characters = [...value.replace(/[\p{Cc}\p{Cs}]/gu, "\ufffd").trim()];
  const isCut = characters.length > longestName;
  return (isCut ? `${characters.slice(0, longestName).join("")}\u2026` : characters.join("")) || null;
}
