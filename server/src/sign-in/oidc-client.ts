// OpenID Connect: the authorization code flow with PKCE, state and nonce. `openid-client` checks what comes back.

import * as client from "openid-client";
import { SigningKeys } from "./signing-keys.ts";

export interface OidcOptions {
  issuer: URL;
  clientId: string;
  clientSecret: string | null;
  /** Which of the user's claims are asked for; some identity providers want `groups` here. */
  scope: string;
}

/** What has to be remembered from the way out to the way back. */
export interface Handshake {
  state: string;
  nonce: string;
  codeVerifier: string;
}

export interface VerifiedToken {
  issuer: string;
  claims: Record<string, unknown>;
}

export class OidcClient {
  readonly #options: OidcOptions;
  readonly #redirectUri: string;
  #discovered: Promise<Discovered> | null = null;

  constructor(options: OidcOptions, origin: URL) {
    this.#options = options;
    this.#redirectUri = new URL("/sign-in/oidc/callback", origin).href;
  }

  /** Where to send the browser. `anew` asks for the credentials again, even of somebody whom the identity provider knows already. */
  async begin({ anew }: { anew: boolean }): Promise<{ address: URL; handshake: Handshake }> {
    const handshake = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      codeVerifier: client.randomPKCECodeVerifier(),
    };
    const { configuration } = await this.#discover();
    const address = client.buildAuthorizationUrl(configuration, {
      redirect_uri: this.#redirectUri,
      scope: this.#options.scope,
      state: handshake.state,
      nonce: handshake.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(handshake.codeVerifier),
      code_challenge_method: "S256",
      ...(anew && { prompt: "login" }),
    });
    return { address, handshake };
  }

  /** Exchanges the code for a token and verifies it. `query` is that of the address at which the browser came back. */
  async finish(query: string, handshake: Handshake): Promise<VerifiedToken> {
    const address = new URL(this.#redirectUri);
    address.search = query;
    const { configuration, keys } = await this.#discover();
    const tokens = await client.authorizationCodeGrant(configuration, address, {
      expectedState: handshake.state,
      expectedNonce: handshake.nonce,
      pkceCodeVerifier: handshake.codeVerifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims || !tokens.id_token) throw new Error("the identity provider sent no ID token");
    // The protocol lets the signature go, because the token came straight from the identity provider.
    await keys.verify(tokens.id_token);
    return { issuer: claims.iss, claims };
  }

  /** Found out at the first sign-in rather than at the start: the server does not need the identity provider to run. */
  #discover(): Promise<Discovered> {
    this.#discovered ??= this.#ask().catch((error: unknown) => {
      this.#discovered = null; // so that the next sign-in tries again
      throw error;
    });
    return this.#discovered;
  }

  async #ask(): Promise<Discovered> {
    const { issuer, clientId, clientSecret } = this.#options;
    const execute = isOnThisMachine(issuer) ? [client.allowInsecureRequests] : [];
    const authenticated = authentication(clientSecret);
    const configuration = await client.discovery(issuer, clientId, undefined, authenticated, { execute, timeout: 10 });
    const address = configuration.serverMetadata().jwks_uri;
    if (address === undefined) throw new Error("the identity provider does not say where its keys are");
    return { configuration, keys: new SigningKeys(new URL(address)) };
  }
}

interface Discovered {
  configuration: client.Configuration;
  keys: SigningKeys;
}

function authentication(secret: string | null): client.ClientAuth {
  if (secret === null) return client.None();
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    const method = methods.includes("client_secret_basic") ? client.ClientSecretBasic : client.ClientSecretPost;
    return method(secret)(server, ...rest);
  };
}

/** The only place where plain http will do. */
function isOnThisMachine({ hostname }: URL): boolean {
  return hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]";
}
