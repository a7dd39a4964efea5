// What an admin enters of a provider, as it is to be stored.

import type { Static } from "typebox";
import type { Encryption } from "../../encryption.ts";
import {
  decryptSecrets,
  encryptSecrets,
  type ProviderConfiguration,
  type ProviderSecrets,
} from "../../providers/configuration.ts";
import {
  type DirectoryConfiguration,
  type DirectorySecrets,
  groupSourceOf,
  UnusableDirectory,
} from "../../providers/directory.ts";
import { isOnThisMachine } from "../../sign-in/oidc-client.ts";
import { ApiError } from "../errors.ts";
import type { NewProviderBody, ProviderBody } from "../schemas/providers.ts";

export type ProviderInput = Omit<Static<typeof NewProviderBody>, "issuer"> &
  Omit<Static<typeof ProviderBody>, "version">;

export interface StoredProvider {
  configuration: ProviderConfiguration;
  /** Encrypted. */
  secrets: string | null;
}

export interface Keeping {
  encryption: Encryption | null;
  /** The address of the server: only on a developer's machine, providers may be there too. */
  origin: URL;
}

/** Checked, with the secrets of before where none are given; what is wrong is told by its place. */
export function toBeStored(id: string, input: ProviderInput, before: StoredProvider | null, keeping: Keeping) {
  const name = shown("name", input.name);
  const clientId = shown("clientId", input.clientId);
  const scope = input.scope.split(/\s+/).filter(Boolean);
  if (!scope.includes("openid")) throw invalid("scope", "has to have `openid`");
  const directory = input.directory && directoryOf(input.directory, keeping.origin);
  const secrets = secretsOf(id, input, directory, before, keeping.encryption);
  const { claimsFrom, scimGroups, enabled } = input;
  if (directory) requireUsable(directory, secrets, clientId);
  const configuration: ProviderConfiguration = { clientId, scope: scope.join(" "), claimsFrom, directory, scimGroups };
  return { name, enabled, configuration: JSON.stringify(configuration), secrets: kept(id, secrets, keeping) };
}

/** Tokens and secrets are sent there, so that nobody else may read along; and nothing but an address is one. */
export function requireAddress(path: string, text: string, origin: URL): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw invalid(path, "this is no address: write it as `https://id.example.com`");
  }
  const isLocal = url.protocol === "http:" && isOnThisMachine(url) && isOnThisMachine(origin);
  if (url.protocol !== "https:" && !isLocal) throw invalid(path, "the address has to begin with `https://`");
  return url;
}

function directoryOf(given: NonNullable<ProviderInput["directory"]>, origin: URL): DirectoryConfiguration {
  const { clientSecret, apiToken, serviceAccount, ...fields } = given;
  for (const field of ["url", "loginUrl"] as const) {
    if (fields[field]) requireAddress(`directory.${field}`, fields[field], origin);
  }
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== ""),
  ) as unknown as DirectoryConfiguration;
}

/** Where a directory's secrets go. */
const whereabouts = (directory: DirectoryConfiguration | null | undefined) =>
  JSON.stringify([directory?.kind, directory?.tenant, directory?.url, directory?.loginUrl]);

function secretsOf(
  id: string,
  input: ProviderInput,
  directory: DirectoryConfiguration | null,
  before: StoredProvider | null,
  encryption: Encryption | null,
): ProviderSecrets {
  const stored = before === null ? {} : decryptSecrets(encryption, id, before.secrets);
  if (stored === null && input.clientSecret === undefined) throw needed("clientSecret", "its key is gone");
  const clientSecret = input.clientSecret ?? stored?.clientSecret;
  const own = clientSecret ? { clientSecret } : {};
  if (directory === null) return own;
  // What is stored goes nowhere but where it went before: whoever can change an address still cannot read a secret.
  const hasMoved = whereabouts(directory) !== whereabouts(before?.configuration.directory);
  const given = (["clientSecret", "apiToken", "serviceAccount"] as const).flatMap((name) => {
    const value = input.directory?.[name] ?? (hasMoved ? undefined : stored?.directory?.[name]);
    return value ? [[name, value] as const] : [];
  });
  const ofDirectory: DirectorySecrets = Object.fromEntries(given);
  const usesOwn = ["entra", "keycloak", "auth0"].includes(directory.kind) && !ofDirectory.clientSecret;
  if (hasMoved && usesOwn && clientSecret && !input.clientSecret) {
    throw needed("directory.clientSecret", "the directory is asked at another address");
  }
  return given.length > 0 ? { ...own, directory: ofDirectory } : own;
}

function requireUsable(directory: DirectoryConfiguration, secrets: ProviderSecrets, clientId: string): void {
  try {
    groupSourceOf(directory, secrets.directory ?? {}, { clientId, clientSecret: secrets.clientSecret });
  } catch (error) {
    if (!(error instanceof UnusableDirectory)) throw error;
    const path = error.field === null ? "directory" : `directory.${error.field}`;
    throw new ApiError(422, { code: "directory-unusable", message: error.message, path });
  }
}

function kept(id: string, secrets: ProviderSecrets, { encryption }: Keeping): string | null {
  if (Object.keys(secrets).length === 0) return null;
  if (encryption) return encryptSecrets(encryption, id, secrets);
  throw new ApiError(422, {
    code: "no-encryption-keys",
    message: "secrets are kept encrypted alone: set ENCRYPTION_KEYS where the server is started, then enter them here",
  });
}

function shown(path: string, text: string): string {
  const trimmed = text.trim();
  if (trimmed === "" || /[\p{Cc}\p{Cf}]/u.test(trimmed)) throw invalid(path, "write what everybody can see");
  return trimmed;
}

function invalid(path: string, message: string): ApiError {
  return new ApiError(400, { code: "invalid-input", message, path });
}

function needed(path: string, why: string): ApiError {
  return new ApiError(422, { code: "secret-needed", message: `${why}: enter the secret anew`, path });
}
