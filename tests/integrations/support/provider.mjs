// The identity provider for development of docs/backend.md, in this process.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { addressOf, listening } from "./servers.mjs";

/** What an application is to the provider. */
export const client = { client_id: "app", client_secret: "not a secret" };

/** What an application at this address has in its environment of the provider. */
export function environmentOf(address, { issuer }) {
  return {
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: client.client_id,
    OIDC_CLIENT_SECRET: client.client_secret,
    APP_URL: address,
    PORT: new URL(address).port,
    SESSION_SECRET: "at-least-thirty-two-characters-long",
  };
}

/** Starts `identity-provider.mjs` of `folder`, for an application that comes back to `redirects`. */
export async function startProvider(folder, redirects) {
  const claims = new Map();
  const server = await listening();
  const issuer = addressOf(server);
  const { identityProvider } = await import(pathToFileURL(join(folder, "identity-provider.mjs")));
  const known = { ...client, redirect_uris: redirects };
  const provider = identityProvider(issuer, known, (sub) => claims.get(sub) ?? { groups: [] });
  let changed = (payload) => payload;
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.body?.id_token !== undefined) ctx.body.id_token = withPayload(ctx.body.id_token, changed);
  });
  const answer = provider.callback();
  let isDown = false;
  server.on("request", (request, response) => (isDown ? request.destroy() : answer(request, response)));
  return {
    issuer,
    /** Whether it answers from now on. */
    isDown: (down) => {
      isDown = down;
    },
    /** What it says of somebody from now on. */
    says: (sub, said) => claims.set(sub, said),
    /** Changes the payload of every ID token from now on, after it was signed. */
    changeTokens: (change) => {
      changed = change;
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** An ID token with another payload, and the signature that it had. */
function withPayload(token, change) {
  const [header, payload, signature] = token.split(".");
  const changed = JSON.stringify(change(JSON.parse(Buffer.from(payload, "base64url"))));
  return [header, Buffer.from(changed).toString("base64url"), signature].join(".");
}
