// An identity provider for development, in this process: whoever asks is let in as whichever account they choose. Never for real users.

import { generateKeyPairSync, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import Provider, { type Configuration, interactionPolicy } from "oidc-provider";
import { CannotStart } from "../cannot-start.ts";
import type { GroupSource } from "../sign-in/group-source.ts";
import type { OidcOptions } from "../sign-in/oidc-client.ts";
import { accountPage, accountsPage, signOutPage } from "./account-page.ts";
import { type Account, accounts } from "./accounts.ts";
import { DevelopmentDirectory, sourceOf } from "./directory.ts";
import { type Pushed, type ScimAddress, ScimPush } from "./scim-push.ts";

export interface DevelopmentIdentityProvider {
  /** What a server needs to use it. */
  options: OidcOptions;
  /** Its directory, for runs over everybody. */
  groupSource: GroupSource;
  /** Has its page offer to push accounts and groups there. */
  offerScim(target: ScimAddress): void;
  close(): Promise<void>;
}

/** Whether what changes here is pushed by SCIM, where to, and what the last push came to. */
interface Pushing {
  target: ScimAddress | null;
  on: boolean;
  last: Pushed | null;
  /** One push at a time. */
  turn: Promise<void>;
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
  const directory = new DevelopmentDirectory(people);
  const provider = new Provider(issuer.origin, configuration(origins, directory));
  const pushing: Pushing = { target: null, on: false, last: null, turn: Promise.resolve() };
  const answer = provider.callback();
  server.on("request", (request, response) => {
    const uid = /^\/account\/([\w-]+)$/.exec(request.url ?? "")?.[1];
    const begun =
      request.url === "/accounts"
        ? changeAccounts(provider, directory, pushing, request, response)
        : uid !== undefined
          ? chooseAccount(provider, directory, request, response)
          : answer(request, response);
    begun.catch(() => response.writeHead(400).end("Begin again."));
  });
  return {
    options: { issuer, clientId, clientSecret, scope },
    groupSource: sourceOf(directory),
    offerScim(target) {
      pushing.target = target;
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

function configuration(origins: URL[], directory: DevelopmentDirectory): Configuration {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = { ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256" };
  return {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        grant_types: ["authorization_code", "refresh_token"],
        redirect_uris: origins.map((origin) => new URL("/sign-in/oidc/callback", origin).href),
        post_logout_redirect_uris: origins.map((origin) => new URL("/sign-in?signed-out", origin).href),
        // Servers that share a database need to be told once.
        ...(origins[0] && { backchannel_logout_uri: new URL("/sign-in/oidc/back-channel-logout", origins[0]).href }),
      },
    ],
    jwks: { keys: [key] } as NonNullable<Configuration["jwks"]>,
    cookies: { keys: [randomBytes(32).toString("base64url")] },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => {
          context.body = signOutPage(form);
        },
      },
    },
    // The servers that it tells are on this machine, which the provider's own requests would refuse to reach.
    fetch: (address, options) => {
      const { dispatcher: _, ...rest } = (options ?? {}) as RequestInit & { dispatcher?: unknown };
      return fetch(address, rest);
    },
    interactions: { url: (_context, { uid }) => `/account/${uid}`, policy: interactions(directory) },
    claims: {
      openid: ["sub"],
      profile: ["name"],
      email: ["email", "email_verified"],
      groups: ["groups", "ldap_groups"],
    },
    // The groups go into the ID token, as identity providers are configured to do for applications that sync groups.
    conformIdTokenClaims: false,
    findAccount: (_context, subject, token) => {
      // Somebody's session is theirs even if they are disabled; nothing is handed out for it.
      const account = token ? directory.find(subject) : directory.people.find((person) => person.subject === subject);
      return account && { accountId: subject, claims: () => directory.claimsOf(account) };
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
    issueRefreshToken: () => true,
    ttl: {
      AccessToken: 600,
      RefreshToken: 24 * 3600,
      AuthorizationCode: 60,
      Grant: 3600,
      IdToken: 600,
      Interaction: 3600,
      Session: 24 * 3600,
    },
  };
}

/** Whoever is signed in and disabled has to choose somebody else. */
function interactions(directory: DevelopmentDirectory) {
  const { base, Check } = interactionPolicy;
  const policy = base();
  policy
    .get("login")
    ?.checks.add(
      new Check("account_disabled", "the account is disabled", ({ oidc: { session } }) =>
        session?.accountId && !directory.find(session.accountId) ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT,
      ),
    );
  return policy;
}

/** Who is disabled is signed out of the servers at once, as an identity provider for real does it. */
async function changeAccounts(
  provider: Provider,
  directory: DevelopmentDirectory,
  pushing: Pushing,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === "POST") {
    const form = await formOf(request);
    await change(provider, directory, form);
    await push(directory, pushing, form.get("push"));
    response.writeHead(303, { location: "/accounts" }).end();
    return;
  }
  sendHtml(
    response,
    accountsPage({
      accounts: directory.people.map((person) => ({ ...person, disabled: directory.isDisabled(person) })),
      groups: directory.groups(),
      wiped: directory.wiped,
      pushing: pushing.target && pushing,
    }),
  );
}

async function change(provider: Provider, directory: DevelopmentDirectory, form: URLSearchParams): Promise<void> {
  const [wiped, group, subject] = [form.get("wiped"), form.get("group"), form.get("account")];
  if (wiped !== null) directory.wiped = wiped === "true";
  const name = form.get("name")?.trim();
  if (group && name) directory.rename(group, name);
  if (subject === null) return;
  const disabled = form.get("disabled") === "true";
  directory.set(subject, disabled);
  if (disabled) await signOutEverywhere(provider, subject);
}

/** Whoever changes something sees what came of it. */
function push(directory: DevelopmentDirectory, pushing: Pushing, wanted: string | null): Promise<void> {
  const { target } = pushing;
  if (wanted !== null) pushing.on = wanted === "true";
  if (!target || !pushing.on) {
    pushing.last = null;
    return Promise.resolve();
  }
  pushing.turn = pushing.turn.then(async () => {
    pushing.last = await new ScimPush(directory, target).push();
  });
  return pushing.turn;
}

async function signOutEverywhere(provider: Provider, subject: string): Promise<void> {
  const client = (await provider.Client.find(clientId)) as LogoutClient | undefined;
  await client?.backchannelLogout(subject).catch((error: unknown) => {
    console.error(
      `The server was not told that ${subject} is signed out: ${error instanceof Error ? error.message : error}`,
    );
  });
}

/** What the types leave out. */
type LogoutClient = { backchannelLogout(subject: string, sid?: string): Promise<unknown> };

function sendHtml(response: ServerResponse, page: string): void {
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
  response.end(page);
}

async function chooseAccount(
  provider: Provider,
  directory: DevelopmentDirectory,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { uid } = await provider.interactionDetails(request, response);
  if (request.method === "POST") {
    const subject = (await formOf(request)).get("account") ?? "";
    if (!directory.find(subject)) throw new Error("nobody who may sign in was chosen");
    await provider.interactionFinished(request, response, { login: { accountId: subject } });
    return;
  }
  sendHtml(
    response,
    accountPage(
      uid,
      directory.people.filter(({ subject }) => directory.find(subject)),
    ),
  );
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
    server.once("error", ({ message }) => {
      reject(
        new CannotStart(`the identity provider cannot listen: ${message}; set IDENTITY_PROVIDER_PORT to another port`),
      );
    });
    server.listen(port, "localhost", resolve);
  });
}
