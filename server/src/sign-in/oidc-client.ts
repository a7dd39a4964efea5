// OpenID Connect: the authorization code flow with PKCE, state and nonce. `openid-client` checks what comes back.

import { mergeClaims } from "idp-group-sync";
import { decodeJwt } from "jose";
import * as client from "openid-client";
import { isIdentifier } from "../login/identity.ts";
import { inSpan } from "../telemetry/spans.ts";
import { type LogoutToken, logoutTokenOf } from "./logout-token.ts";
import { SigningKeys } from "./signing-keys.ts";

export interface OidcOptions {
  /** What people call it; without it, the issuer's host. */
  name?: string | undefined;
  issuer: URL;
  clientId: string;
  clientSecret: string | null;
  /** Which of the user's claims are asked for; some identity providers want `groups` here. */
  scope: string;
  /** Where claims are taken from besides the ID token. */
  claimsFrom?: readonly ClaimsFrom[];
}

/** `userinfo`: the UserInfo endpoint, if there is one. `access-token`: the access token, if it is a JWT of the same issuer. */
export const claimsFromKinds = ["userinfo", "access-token"] as const;
export type ClaimsFrom = (typeof claimsFromKinds)[number];

/** What has to be remembered from the way out to the way back. */
export interface Handshake {
  state: string;
  nonce: string;
  codeVerifier: string;
}

export interface VerifiedToken {
  issuer: string;
  /** Those of the ID token, with those of the other places. */
  claims: Record<string, unknown>;
  /** What ends again when the identity provider says so. */
  session: ProviderSession;
}

/** The session at the identity provider in which a token was made. */
export interface ProviderSession {
  issuer: string;
  subject: string;
  /** The session's id, if the identity provider gives one (OpenID Connect Back-Channel Logout 1.0, section 2.1). */
  sid: string | null;
  /** When the token was made, by the identity provider's clock. */
  issuedAt: Date;
  /** Says at the identity provider who signs out. */
  idToken: string;
  /** With it, the identity provider says anew who somebody is; `null` if it gives none. */
  refreshToken: string | null;
}

/** What a refresh token was exchanged for. */
export type RefreshedToken = Pick<VerifiedToken, "issuer" | "claims">;

export class OidcClient {
  readonly #options: OidcOptions;
  readonly #redirectUri: string;
  readonly #signedOutUri: string;
  #discovered: Promise<Discovered> | null = null;

  constructor(options: OidcOptions, origin: URL, callback = "/sign-in/oidc/callback") {
    this.#options = options;
    this.#redirectUri = new URL(callback, origin).href;
    this.#signedOutUri = new URL("/sign-in?signed-out", origin).href;
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
  finish(query: string, handshake: Handshake): Promise<VerifiedToken> {
    return inSpan("identity provider", () => this.#finish(query, handshake));
  }

  async #finish(query: string, handshake: Handshake): Promise<VerifiedToken> {
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
    await inSpan("verify signature", () => keys.verify(tokens.id_token ?? ""));
    const session = {
      issuer: claims.iss,
      subject: claims.sub,
      sid: isIdentifier(claims.sid) ? claims.sid : null,
      issuedAt: new Date(claims.iat * 1000),
      idToken: tokens.id_token,
      refreshToken: tokens.refresh_token ?? null,
    };
    return { issuer: claims.iss, claims: await this.#allClaims(claims, tokens.access_token), session };
  }

  /**
   * What the identity provider says now (OpenID Connect Core 1.0, section 12). If it gives another refresh token, that of before is worth
   * nothing, whatever becomes of the rest: so `keep` gets it first.
   */
  async refresh(refreshToken: string, keep: (refreshToken: string) => Promise<void>): Promise<RefreshedToken> {
    const { configuration, keys } = await this.#discover();
    const tokens = await client.refreshTokenGrant(configuration, refreshToken);
    if (tokens.refresh_token !== undefined) await keep(tokens.refresh_token);
    const claims = tokens.claims();
    // Without it, nothing verified says whose token it is.
    if (!claims || !tokens.id_token) throw new Error("the identity provider sent no ID token for the refresh token");
    await keys.verify(tokens.id_token);
    return { issuer: claims.iss, claims: await this.#allClaims(claims, tokens.access_token) };
  }

  /** Where to sign out at the identity provider (OpenID Connect RP-Initiated Logout 1.0); `null` if it has no such address. */
  async signOutAddress(idToken: string | null): Promise<URL | null> {
    const { configuration } = await this.#discover();
    if (configuration.serverMetadata().end_session_endpoint === undefined) return null;
    return client.buildEndSessionUrl(configuration, {
      post_logout_redirect_uri: this.#signedOutUri,
      ...(idToken !== null && { id_token_hint: idToken }),
    });
  }

  /** Verifies what the identity provider sends when it ends sessions. */
  async logoutToken(token: string): Promise<LogoutToken> {
    const { configuration, keys } = await this.#discover();
    return logoutTokenOf(token, keys, {
      issuer: configuration.serverMetadata().issuer,
      audience: this.#options.clientId,
    });
  }

  /** All or an error: with a part of the claims, people would lose what the other part grants. */
  async #allClaims(idToken: client.IDToken, accessToken: string): Promise<Record<string, unknown>> {
    const { configuration, keys } = await this.#discover();
    const { issuer, userinfo_endpoint: userInfo } = configuration.serverMetadata();
    const from = this.#options.claimsFrom ?? ["userinfo"];
    let claims: Record<string, unknown> = idToken;
    if (from.includes("access-token") && issuerOf(accessToken) === issuer) {
      const more = await keys.claimsOf(accessToken, { issuer, subject: idToken.sub });
      claims = { ...more, ...claims };
    }
    if (from.includes("userinfo") && userInfo !== undefined) {
      claims = mergeClaims(claims, await client.fetchUserInfo(configuration, accessToken, idToken.sub));
    }
    return claims;
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
    const keys = new URL(address);
    if (keys.protocol !== "https:" && execute.length === 0)
      throw new Error("the identity provider's keys are not at https");
    return { configuration, keys: new SigningKeys(keys) };
  }
}

interface Discovered {
  configuration: client.Configuration;
  keys: SigningKeys;
}

/** What a token says that nobody has verified yet; `undefined` if it is no JWT. */
function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
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
export function isOnThisMachine({ hostname }: URL): boolean {
  return hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]";
}
