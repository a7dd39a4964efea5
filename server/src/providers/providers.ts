// The identity providers at which people sign in: that of the environment, and those that an admin has configured. What other processes
// change is seen at the next sign-in.

import type { Database } from "../database/schema.ts";
import type { Encryption } from "../encryption.ts";
import type { GroupSource } from "../sign-in/group-source.ts";
import { OidcClient, type OidcOptions } from "../sign-in/oidc-client.ts";
import { decryptSecrets, type ProviderConfiguration } from "./configuration.ts";
import { groupSourceOf } from "./directory.ts";
import { environmentProvider } from "./environment.ts";

export interface Provider {
  id: string;
  /** What people call it. */
  name: string;
  /** As the table `providers` has it. */
  issuer: string;
  fromEnvironment: boolean;
  /** Whether people sign in at it. One that is not can be tested all the same. */
  enabled: boolean;
  /** `null` while it cannot be used, as the key to its secrets is gone. */
  oidc: OidcClient | null;
  /** Where groups come from that a token lacks; `null` where that is not configured. */
  groupSource: GroupSource | null;
}

export type UsableProvider = Provider & { oidc: OidcClient };

export interface ProvidersOptions {
  database: Database;
  origin: URL;
  encryption: Encryption | null;
  /** What the environment configures. */
  oidc: OidcOptions | null;
  groupSource: GroupSource | null;
}

export class Providers {
  readonly #options: ProvidersOptions;
  readonly #environment: UsableProvider[];
  /** As they were last, by id. */
  #configured = new Map<string, { version: number; provider: Provider }>();

  constructor(options: ProvidersOptions) {
    this.#options = options;
    const { oidc, groupSource, origin } = options;
    this.#environment = oidc
      ? [
          {
            id: environmentProvider,
            name: oidc.name ?? oidc.issuer.host,
            issuer: oidc.issuer.href,
            fromEnvironment: true,
            enabled: true,
            oidc: new OidcClient(oidc, origin),
            groupSource,
          },
        ]
      : [];
  }

  /** All of them: that of the environment, then the others, the oldest first. */
  async list(): Promise<Provider[]> {
    const rows = await this.#options.database
      .selectFrom("providers")
      .select(["id", "name", "issuer", "enabled", "configuration", "secrets", "version"])
      .where("from_environment", "=", false)
      .orderBy("created_at")
      .orderBy("id")
      .execute();
    const before = this.#configured;
    this.#configured = new Map();
    const configured = rows.flatMap(({ version, configuration, ...row }) => {
      if (configuration === null) return [];
      const known = before.get(row.id);
      const provider = known?.version === version ? known.provider : this.#build(row, configuration);
      this.#configured.set(row.id, { version, provider });
      return [provider];
    });
    return [...this.#environment, ...configured];
  }

  /** Those at which people can sign in. */
  async offered(): Promise<UsableProvider[]> {
    return (await this.list()).filter(isOffered);
  }

  async find(id: string): Promise<Provider | null> {
    const [environment] = this.#environment;
    if (id === environment?.id) return environment;
    return (await this.list()).find((provider) => provider.id === id) ?? null;
  }

  #build(
    row: { id: string; name: string; issuer: string; enabled: boolean; secrets: string | null },
    configuration: ProviderConfiguration,
  ): Provider {
    const { secrets: encrypted, ...shown } = row;
    const { clientId, scope, claimsFrom, directory } = configuration;
    const secrets = decryptSecrets(this.#options.encryption, row.id, encrypted);
    const provider = { ...shown, fromEnvironment: false, oidc: null, groupSource: null };
    if (secrets === null) return provider;
    const { clientSecret = null } = secrets;
    const client = { issuer: new URL(row.issuer), clientId, clientSecret, scope, claimsFrom };
    return {
      ...provider,
      oidc: new OidcClient(client, this.#options.origin, callbackPath(row.id)),
      groupSource: directory && groupSourceOf(directory, secrets.directory ?? {}, client),
    };
  }
}

export function isOffered(provider: Provider): provider is UsableProvider {
  return provider.enabled && provider.oidc !== null;
}

const at = (path: string, id: string) => (id === environmentProvider ? path : `${path}/${id}`);

/** Where signing in at a provider begins. */
export const signInPath = (id: string) => at("/sign-in/oidc", id);
/** Where browsers come back to. Each provider has its own, so that none can be taken for another (RFC 9700, section 4.4.2). */
export const callbackPath = (id: string) => at("/sign-in/oidc/callback", id);
/** OpenID Connect Back-Channel Logout 1.0: the address that the identity provider is given. */
export const backChannelLogoutPath = (id: string) => at("/sign-in/oidc/back-channel-logout", id);
