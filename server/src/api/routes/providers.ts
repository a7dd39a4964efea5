// Identity providers and the tokens of their SCIM clients. Each change is a line of the log, and the row has who made the last one.

import type { FastifyRequest } from "fastify";
import type { Application } from "../../application.ts";
import { issueScimToken, listScimTokens, revokeScimToken, type ScimToken } from "../../providers/scim-tokens.ts";
import { ApiError, missing } from "../errors.ts";
import { whoAsks } from "../guard.ts";
import { described } from "../openapi.ts";
import type { ApiPart } from "../part.ts";
import { changeProvider, createProvider, deleteProvider } from "../providers/changes.ts";
import { providerViews } from "../providers/views.ts";
import { conflict, Id, notFound, refusals, unprocessable, unreadable } from "../schemas/common.ts";
import { exact, use } from "../schemas/named.ts";
import {
  DeleteProviderQuery,
  NewProviderBody,
  NewScimTokenAnswer,
  NewScimTokenBody,
  ProviderBody,
  ProviderId,
  ProvidersAnswer,
  ProviderView,
  ScimTokensAnswer,
} from "../schemas/providers.ts";

const params = exact({ provider: ProviderId });
const tokenParams = exact({ provider: ProviderId, token: Id });
/** Of one provider, and more than any needs while tokens are changed one after the other. */
const mostTokens = 20;

const unstorable = unprocessable(
  "Secrets cannot be kept: `no-encryption-keys`. One has to be entered anew: `secret-needed`. The directory cannot be asked like this: `directory-unusable`. Or there are 20 already: `too-many-providers`.",
);

export const providerRoutes: ApiPart = (server, application) => {
  const { database, clock } = application;
  const log = (request: FastifyRequest, provider: string, change: string) =>
    request.log.info({ provider, change, by: whoAsks(request).id }, "provider changed");

  server.get(
    "/providers",
    {
      schema: {
        ...described("GET", "listProviders", "The identity providers at which people sign in"),
        response: { 200: ProvidersAnswer, ...refusals },
      },
    },
    async () => ({
      providers: await providerViews(application),
      keepsSecrets: application.encryption !== null,
    }),
  );

  server.post(
    "/providers",
    {
      schema: {
        ...described("change", "createProvider", "A further identity provider"),
        body: NewProviderBody,
        response: {
          201: use(ProviderView),
          ...refusals,
          ...unreadable,
          ...conflict("There is a provider of this issuer: `issuer-exists`."),
          ...unstorable,
        },
      },
    },
    async (request, reply) => {
      const id = await createProvider(application, request.body, whoAsks(request).id);
      log(request, id, "created");
      reply.code(201);
      return viewOf(application, id);
    },
  );

  server.put(
    "/providers/:provider",
    {
      schema: {
        ...described("change", "changeProvider", "Configure an identity provider anew, or switch it off or on"),
        description: "Switched off, its sessions end. Secrets that are left out stay.",
        params,
        body: ProviderBody,
        response: {
          200: use(ProviderView),
          ...refusals,
          ...unreadable,
          ...notFound,
          ...conflict(
            "Somebody else was faster: `stale-version`. The environment configures it: `from-environment`. Or no super admin could sign in any more: `last-way-in`.",
          ),
          ...unstorable,
        },
      },
    },
    async (request) => {
      const { provider } = request.params;
      await changeProvider(application, provider, request.body, whoAsks(request).id);
      log(request, provider, request.body.enabled ? "changed" : "switched off");
      return viewOf(application, provider);
    },
  );

  server.delete(
    "/providers/:provider",
    {
      schema: {
        ...described("change", "deleteProvider", "Delete an identity provider with its SCIM tokens"),
        description: "Its sessions end. Its users stay, and nobody signs in as them.",
        params,
        querystring: DeleteProviderQuery,
        response: {
          200: ProvidersAnswer,
          ...refusals,
          ...notFound,
          ...conflict(
            "`users` is not how many it has: `losses-unconfirmed`. Or as for a change: `stale-version`, `from-environment`, `last-way-in`.",
          ),
        },
      },
    },
    async (request) => {
      const { provider } = request.params;
      await deleteProvider(application, provider, request.query, whoAsks(request).id);
      log(request, provider, "deleted");
      return { providers: await providerViews(application), keepsSecrets: application.encryption !== null };
    },
  );

  server.get(
    "/providers/:provider/tokens",
    {
      schema: {
        ...described("GET", "listScimTokens", "The tokens of a provider's SCIM client, without the secrets"),
        params,
        response: { 200: ScimTokensAnswer, ...refusals, ...notFound },
      },
    },
    async ({ params: { provider } }) => {
      await requireProvider(application, provider);
      return { tokens: (await listScimTokens(database, provider)).map(tokenView) };
    },
  );

  server.post(
    "/providers/:provider/tokens",
    {
      schema: {
        ...described("change", "issueScimToken", "A token with which the provider's SCIM client comes"),
        params,
        body: NewScimTokenBody,
        response: {
          201: NewScimTokenAnswer,
          ...refusals,
          ...unreadable,
          ...notFound,
          ...unprocessable("20 of its tokens are not revoked: `too-many-tokens`."),
        },
      },
    },
    async (request, reply) => {
      const { provider } = request.params;
      await requireProvider(application, provider);
      const name = request.body.name.trim();
      if (name === "") throw new ApiError(400, { code: "invalid-input", message: "give it a name", path: "name" });
      const used = (await listScimTokens(database, provider)).filter(({ revokedAt }) => revokedAt === null);
      if (used.length >= mostTokens) {
        throw new ApiError(422, { code: "too-many-tokens", message: "revoke a token first" });
      }
      const { token, secret } = await issueScimToken(database, { provider, name, by: whoAsks(request).id }, clock());
      log(request, provider, `token ${token.id} made`);
      reply.code(201);
      return { token: tokenView(token), secret };
    },
  );

  server.delete(
    "/providers/:provider/tokens/:token",
    {
      schema: {
        ...described("change", "revokeScimToken", "Revoke a token; it stays in the list"),
        params: tokenParams,
        response: { 200: ScimTokensAnswer, ...refusals, ...notFound },
      },
    },
    async (request) => {
      const { provider, token: id } = request.params;
      if (!(await revokeScimToken(database, { provider, id }, clock()))) throw missing("token");
      log(request, provider, `token ${id} revoked`);
      return { tokens: (await listScimTokens(database, provider)).map(tokenView) };
    },
  );
};

async function viewOf(application: Application, id: string) {
  const view = (await providerViews(application)).find((provider) => provider.id === id);
  if (!view) throw missing("provider");
  return view;
}

async function requireProvider({ database }: Application, id: string): Promise<void> {
  const row = await database.selectFrom("providers").select("id").where("id", "=", id).executeTakeFirst();
  if (!row) throw missing("provider");
}

const tokenView = ({ createdAt, lastUsedAt, revokedAt, ...token }: ScimToken) => ({
  ...token,
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
  revokedAt: revokedAt?.toISOString() ?? null,
});
