// An identity provider for development, in this process: whoever asks is let in as whichever account they choose. Never for real users.

import { generateKeyPairSync, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import Provider, { type Configuration } from "oidc-provider";
import type { OidcOptions } from "../sign-in/oidc-client.ts";
import { accountPage } from "./account-page.ts";
import { type Account, accounts, claimsOf } from "./accounts.ts";

export interface DevelopmentIdentityProvider {
  /** What a server needs to use it. */
  options: OidcOptions;
  close(): Promise<void>;
}

const clientId = "login-server";
const clientSecret = "only-for-development";
const scope = "openid profile email groups";

/** `origins` are those of the servers that may use it. */
export async function startIdentityProvider(
  port: number,
  origins: URL[],
  people: Account[] = accounts,
): Promise<DevelopmentIdentityProvider> {
  const server = createServer();
  await listen(server, port);
  const address = server.address();
  const issuer = new URL(`http://localhost:${typeof address === "object" && address ? address.port : port}`);
  const provider = new Provider(issuer.origin, configuration(origins, people));
  const answer = provider.callback();
  server.on("request", (request, response) => {
    const uid = /^\/account\/([\w-]+)$/.exec(request.url ?? "")?.[1];
    if (uid === undefined) answer(request, response);
    else chooseAccount(provider, people, request, response).catch(() => response.writeHead(400).end("Begin again."));
  });
  return {
    options: { issuer, clientId, clientSecret, scope },
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

function configuration(origins: URL[], people: Account[]): Configuration {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = { ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256" };
  return {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: origins.map((origin) => new URL("/sign-in/oidc/callback", origin).href),
      },
    ],
    jwks: { keys: [key] } as NonNullable<Configuration["jwks"]>,
    cookies: { keys: [randomBytes(32).toString("base64url")] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/account/${uid}` },
    claims: {
      openid: ["sub"],
      profile: ["name"],
      email: ["email", "email_verified"],
      groups: ["groups", "ldap_groups"],
    },
    // The groups go into the ID token, as identity providers are configured to do for applications that sync groups.
    conformIdTokenClaims: false,
    findAccount: (_context, subject) => {
      const account = people.find((person) => person.subject === subject);
      return account && { accountId: subject, claims: () => claimsOf(account) };
    },
    // Nobody is asked whether this server may know who they are.
    loadExistingGrant: async ({ oidc }) => {
      const { client, session, provider } = oidc;
      if (!client || !session?.accountId) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope(scope);
      await grant.save();
      return grant;
    },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 3600, IdToken: 600, Interaction: 3600, Session: 24 * 3600 },
  };
}

async function chooseAccount(
  provider: Provider,
  people: Account[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { uid } = await provider.interactionDetails(request, response);
  if (request.method === "POST") {
    const subject = (await formOf(request)).get("account") ?? "";
    await provider.interactionFinished(request, response, { login: { accountId: subject } });
    return;
  }
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
  response.end(accountPage(uid, people));
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = "";
  for await (const chunk of request) {
    text += chunk;
    if (text.length > 10_000) throw new Error("the form is too long");
  }
  return new URLSearchParams(text);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "localhost", resolve);
  });
}
