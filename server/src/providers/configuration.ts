// What an admin configures of a provider, as it is stored: the secrets apart from the rest, and encrypted.

import type { Encryption } from "../encryption.ts";
import type { ClaimsFrom } from "../sign-in/oidc-client.ts";
import type { DirectoryConfiguration, DirectorySecrets } from "./directory.ts";

/** Which of a group's two names SCIM takes for the IdP group. */
export const scimGroupNames = ["displayName", "externalId"] as const;

export interface ProviderConfiguration {
  clientId: string;
  scope: string;
  claimsFrom: ClaimsFrom[];
  directory: DirectoryConfiguration | null;
  scimGroups: (typeof scimGroupNames)[number];
}

export interface ProviderSecrets {
  clientSecret?: string;
  directory?: DirectorySecrets;
}

const placeOf = (id: string) => `provider:${id}`;

export function encryptSecrets(encryption: Encryption, id: string, secrets: ProviderSecrets): string {
  return encryption.encrypt(JSON.stringify(secrets), placeOf(id));
}

/** `null` if there are some that cannot be decrypted. */
export function decryptSecrets(
  encryption: Encryption | null,
  id: string,
  encrypted: string | null,
): ProviderSecrets | null {
  if (encrypted === null) return {};
  const text = encryption?.decrypt(encrypted, placeOf(id)) ?? null;
  return text === null ? null : (JSON.parse(text) as ProviderSecrets);
}
