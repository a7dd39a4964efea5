// An identity provider that can be told to misbehave. What the browser would do at it, `authorise` does.

import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { OidcOptions } from "../../src/sign-in/oidc-client.ts";

export type Fault =
  | "wrong-signature"
  | "unknown-key"
  | "unsigned"
  | "expired"
  | "wrong-nonce"
  | "wrong-audience"
  | "wrong-issuer"
  | "no-id-token"
  | "server-error"
  | "not-json";

export interface StubIdentityProvider {
  options: OidcOptions;
  /** What the token of the next authorisation says; as a text of JSON, also what JavaScript would not write. */
  claims: Record<string, unknown> | string;
  /** How tokens are wrong. */
  fault: Fault | null;
  /** What the UserInfo endpoint answers, or with which status it fails; `null` if there is no such endpoint. */
  userInfo: Record<string, unknown> | number | null;
  /** The claims of the access token, or `null` if it is no JWT. */
  accessToken: Record<string, unknown> | null;
  /** Whether refresh tokens are given, each good once; `revoked` takes none of them any more. */
  refreshTokens: "given" | "revoked" | null;
  /** Whom they are given to; everybody if it is `null`. */
  isRefreshed: ((subject: string) => boolean) | null;
  /** What the answer to a code waits for. */
  beforeToken: (() => Promise<void>) | null;
  /** What it says when the session of this subject is refreshed; `claims` if it is `null`. */
  refreshedClaims: ((subject: string) => Record<string, unknown>) | null;
  /** Whether there is an address to sign out at. */
  canSignOut: boolean;
  /** A token as this identity provider signs it; `null` for one without a signature. */
  sign(claims: Record<string, unknown>, key?: "own" | "other" | null): string;
  /** The address to come back to, for the address that the server sent the browser to. */
  authorise(address: string): string;
  /** From now on another key signs, under another name. */
  rotate(): void;
  /** How often the keys were asked for. */
  readonly keyRequests: number;
  stop(): Promise<void>;
  start(): Promise<void>;
}

interface Grant {
  nonce: string;
  challenge: string;
  claims: Record<string, unknown> | string;
}

const clientId = "the-server";

export async function stubIdentityProvider(): Promise<StubIdentityProvider> {
  const newKey = () => generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const otherKey = newKey();
  const signing = { kid: 1, key: newKey() };
  let keyRequests = 0;
  const grants = new Map<string, Grant>();
  let server: Server;
  let port = 0;
  let issuer = "";

  const stub: StubIdentityProvider = {
    options: { issuer: new URL("http://localhost"), clientId, clientSecret: "secret", scope: "openid" },
    claims: {},
    fault: null,
    userInfo: null,
    accessToken: null,
    refreshTokens: null,
    isRefreshed: null,
    beforeToken: null,
    refreshedClaims: null,
    canSignOut: false,
    sign(claims, key = "own") {
      const keys = { own: signing.key, other: otherKey };
      return jwt(JSON.stringify(claims), `${signing.kid}`, key && keys[key]);
    },
    authorise(address) {
      const { searchParams } = new URL(address);
      const code = `code-${grants.size + 1}`;
      grants.set(code, {
        nonce: searchParams.get("nonce") ?? "",
        challenge: searchParams.get("code_challenge") ?? "",
        claims: stub.claims,
      });
      return `/sign-in/oidc/callback?${new URLSearchParams({ code, state: searchParams.get("state") ?? "", iss: issuer })}`;
    },
    rotate() {
      signing.kid += 1;
      signing.key = newKey();
    },
    get keyRequests() {
      return keyRequests;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    async start() {
      server = createServer(async (request, response) => {
        let body = "";
        for await (const chunk of request) body += chunk;
        if (request.url?.startsWith("/authorize?") && stub.fault !== "server-error") {
          const address = new URL(request.url, issuer);
          const back = new URL(address.searchParams.get("redirect_uri") ?? issuer);
          back.search = new URL(stub.authorise(address.href), issuer).search;
          response.writeHead(303, { location: back.href }).end();
          return;
        }
        if (request.url === "/token") await stub.beforeToken?.();
        const answer = answerTo(request.url ?? "", new URLSearchParams(body));
        if (request.url === "/userinfo" && stub.userInfo !== null) {
          const isBearer = /^Bearer ./.test(request.headers.authorization ?? "");
          const failed = typeof stub.userInfo === "number" ? stub.userInfo : isBearer ? 200 : 401;
          response.writeHead(failed, { "content-type": "application/json" }).end(JSON.stringify(stub.userInfo));
          return;
        }
        const status = stub.fault === "server-error" ? 500 : answer === null ? 400 : 200;
        response.writeHead(status, { "content-type": "application/json" });
        response.end(stub.fault === "not-json" ? "<p>oops" : JSON.stringify(answer ?? { error: "invalid_grant" }));
      });
      // Whoever asks ends connections that rest, so that nobody asks on one that is just being ended.
      server.keepAliveTimeout = 0;
      await new Promise<void>((resolve) => server.listen(port, "localhost", resolve));
      port = (server.address() as AddressInfo).port;
      issuer = `http://localhost:${port}`;
      stub.options = { ...stub.options, issuer: new URL(issuer) };
    },
  };

  function answerTo(path: string, body: URLSearchParams): unknown {
    switch (path) {
      case "/.well-known/openid-configuration":
        return {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/keys`,
          ...(stub.canSignOut && { end_session_endpoint: `${issuer}/sign-out` }),
          ...(stub.userInfo !== null && { userinfo_endpoint: `${issuer}/userinfo` }),
          response_types_supported: ["code"],
          subject_types_supported: ["public"],
          id_token_signing_alg_values_supported: ["RS256"],
          authorization_response_iss_parameter_supported: true,
        };
      case "/keys":
        keyRequests += 1;
        return {
          keys: [
            {
              ...createPublicKey(signing.key).export({ format: "jwk" }),
              kid: `${signing.kid}`,
              use: "sig",
              alg: "RS256",
            },
          ],
        };
      case "/token":
        return tokenFor(body);
      default:
        return null;
    }
  }

  function tokenFor(body: URLSearchParams): unknown {
    if (body.get("grant_type") === "refresh_token") return refreshed(body.get("refresh_token") ?? "");
    const code = body.get("code") ?? "";
    const grant = grants.get(code);
    const challenge = createHash("sha256")
      .update(body.get("code_verifier") ?? "")
      .digest("base64url");
    if (!grant || grant.challenge !== challenge) return null;
    const { fault } = stub;
    const now = Math.floor(Date.now() / 1000);
    const payload = {
      iss: fault === "wrong-issuer" ? "https://elsewhere.example" : issuer,
      aud: fault === "wrong-audience" ? "another-server" : clientId,
      nonce: fault === "wrong-nonce" ? "another-nonce" : grant.nonce,
      iat: fault === "expired" ? now - 7200 : now,
      exp: fault === "expired" ? now - 3600 : now + 300,
    };
    const { claims } = grant;
    const text =
      typeof claims === "string"
        ? `${JSON.stringify(payload).slice(0, -1)},${claims.slice(1)}`
        : JSON.stringify({ ...payload, ...claims });
    const kid = fault === "unknown-key" ? "nobody's" : `${signing.kid}`;
    const key = { unsigned: null, "wrong-signature": otherKey }[fault as string];
    const token = jwt(text, kid, key === undefined ? signing.key : key);
    const accessToken = stub.accessToken ? stub.sign({ iss: issuer, exp: now + 300, ...stub.accessToken }) : "access";
    return {
      access_token: accessToken,
      token_type: "bearer",
      ...newRefreshToken(typeof claims === "string" ? "" : String(claims.sub)),
      ...(fault !== "no-id-token" && { id_token: token }),
    };
  }

  /** Whose each of them is. */
  const refreshTokens = new Map<string, string>();
  function newRefreshToken(subject: string): { refresh_token?: string } {
    if (stub.refreshTokens !== "given" || stub.isRefreshed?.(subject) === false) return {};
    const token = `refresh-${randomUUID()}`;
    refreshTokens.set(token, subject);
    return { refresh_token: token };
  }

  /** Says what the identity provider knows by now: `stub.claims`. */
  function refreshed(token: string): unknown {
    const subject = refreshTokens.get(token);
    if (stub.refreshTokens !== "given" || subject === undefined || !refreshTokens.delete(token)) return null;
    const claims = stub.refreshedClaims?.(subject) ?? stub.claims;
    const now = Math.floor(Date.now() / 1000);
    const payload = { iss: issuer, aud: clientId, iat: now, exp: now + 300, ...(claims as object) };
    const kid = `${signing.kid}`;
    const idToken = jwt(JSON.stringify(payload), kid, stub.fault === "wrong-signature" ? otherKey : signing.key);
    return { access_token: "access", token_type: "bearer", id_token: idToken, ...newRefreshToken(subject) };
  }

  await stub.start();
  return stub;
}

function jwt(payload: string, kid: string, key: KeyObject | null): string {
  const encoded = (json: string) => Buffer.from(json).toString("base64url");
  const text = `${encoded(JSON.stringify({ alg: key ? "RS256" : "none", kid }))}.${encoded(payload)}`;
  return `${text}.${key ? sign("sha256", Buffer.from(text), key).toString("base64url") : ""}`;
}
