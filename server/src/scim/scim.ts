// SCIM 2.0: an identity provider's directory says who is there, and in which groups. Like the API, it has a part of the server to itself.

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Application } from "../application.ts";
import { discovery } from "./discovery.ts";
import type { DueMembers } from "./due.ts";
import { answerScimErrors, invalid, ScimError } from "./errors.ts";
import { createGroup, deleteGroup, patchGroup, readGroup, replaceGroup } from "./groups.ts";
import { needToken, whoAsks } from "./guard.ts";
import { choose, list, readChosen, readQuery } from "./list.ts";
import { readOperations } from "./patch.ts";
import { type Fields, isFields } from "./read-value.ts";
import type { ScimContext } from "./reconcile.ts";
import { groupSchema, userSchema } from "./schemas.ts";
import { groupsIn, shownById, usersOf } from "./sources.ts";
import { createUser, deleteUser, patchUser, readUser, replaceUser } from "./users.ts";

const mediaType = "application/scim+json";
/** A group of 10,000 members, each with its address and name. */
const bodyLimit = 4 * 1024 * 1024;

type ById = { Params: { id: string } };

/** To be registered with the prefix under which SCIM is to be found; `base` is the whole address of that. */
export function scim(application: Application, base: string, due: DueMembers) {
  return async (server: FastifyInstance): Promise<void> => {
    readJson(server);
    answerScimErrors(server);
    needToken(server, application);
    server.addHook("onSend", async (_request, reply) => {
      reply.header("cache-control", "no-store");
      if (reply.statusCode !== 204) reply.header("content-type", `${mediaType}; charset=utf-8`);
    });
    discovery(server, base);
    server.register((users, _options, done) => {
      userRoutes(users, contextOf);
      done();
    });
    server.register((groups, _options, done) => {
      groupRoutes(groups, contextOf, due);
      done();
    });
    for (const url of ["/Me", "/Bulk", "/.search"]) {
      server.all(url, () => {
        throw new ScimError(501, "this is not offered");
      });
    }
  };

  function contextOf(request: FastifyRequest): ScimContext {
    const { database, engines, clock } = application;
    return { database, engines, now: clock(), requestId: request.id, provider: whoAsks(request), base };
  }
}

function userRoutes(server: FastifyInstance, contextOf: (request: FastifyRequest) => ScimContext): void {
  const options = { bodyLimit };
  const show = async (request: FastifyRequest, reply: FastifyReply, id: string) => {
    const chosen = readChosen(userSchema, queryOf(request));
    return answer(request, reply, await shownById(usersOf(contextOf(request), chosen), id, "user"), (user) =>
      choose(user, chosen),
    );
  };
  const search = (request: FastifyRequest, said: Record<string, unknown>) => {
    const query = readQuery(userSchema, said);
    return list(userSchema, usersOf(contextOf(request), query.chosen), query);
  };
  server.get("/Users", (request) => search(request, queryOf(request)));
  server.post("/Users/.search", (request) => search(request, bodyOf(request)));
  server.get<ById>("/Users/:id", (request, reply) => show(request, reply, request.params.id));
  server.post("/Users", options, async (request, reply) => {
    const { id } = await createUser(contextOf(request), readUser(bodyOf(request)));
    return show(request, reply.code(201), id);
  });
  server.put<ById>("/Users/:id", options, async (request, reply) => {
    const { id } = await replaceUser(
      contextOf(request),
      request.params.id,
      readUser(bodyOf(request)),
      ifMatch(request),
    );
    return show(request, reply, id);
  });
  server.patch<ById>("/Users/:id", options, async (request, reply) => {
    const operations = readOperations(userSchema, bodyOf(request));
    const { id } = await patchUser(contextOf(request), request.params.id, operations, ifMatch(request));
    return show(request, reply, id);
  });
  server.delete<ById>("/Users/:id", async (request, reply) => {
    await deleteUser(contextOf(request), request.params.id, ifMatch(request));
    return reply.code(204).send();
  });
}

function groupRoutes(
  server: FastifyInstance,
  contextOf: (request: FastifyRequest) => ScimContext,
  due: DueMembers,
): void {
  const options = { bodyLimit };
  const show = async (request: FastifyRequest, reply: FastifyReply, id: string) => {
    const chosen = readChosen(groupSchema, queryOf(request));
    return answer(request, reply, await shownById(groupsIn(contextOf(request), chosen), id, "group"), (group) =>
      choose(group, chosen),
    );
  };
  const search = (request: FastifyRequest, said: Record<string, unknown>) => {
    const query = readQuery(groupSchema, said);
    return list(groupSchema, groupsIn(contextOf(request), query.chosen), query);
  };
  server.get("/Groups", (request) => search(request, queryOf(request)));
  server.post("/Groups/.search", (request) => search(request, bodyOf(request)));
  server.get<ById>("/Groups/:id", (request, reply) => show(request, reply, request.params.id));
  server.post("/Groups", options, async (request, reply) => {
    const changed = await createGroup(contextOf(request), readGroup(bodyOf(request)));
    await due.reconcileNow(changed.due, request.id);
    return show(request, reply.code(201), changed.row.id);
  });
  server.put<ById>("/Groups/:id", options, async (request, reply) => {
    const said = readGroup(bodyOf(request));
    const changed = await replaceGroup(contextOf(request), request.params.id, said, ifMatch(request));
    await due.reconcileNow(changed.due, request.id);
    return show(request, reply, changed.row.id);
  });
  // A group can be large, so it is not answered: a client that wants it asks.
  server.patch<ById>("/Groups/:id", options, async (request, reply) => {
    const operations = readOperations(groupSchema, bodyOf(request));
    const changed = await patchGroup(contextOf(request), request.params.id, operations, ifMatch(request));
    await due.reconcileNow(changed.due, request.id);
    return reply.code(204).header("etag", `W/"${changed.row.version}"`).send();
  });
  server.delete<ById>("/Groups/:id", async (request, reply) => {
    const members = await deleteGroup(contextOf(request), request.params.id, ifMatch(request));
    await due.reconcileNow(members, request.id);
    return reply.code(204).send();
  });
}

function answer(request: FastifyRequest, reply: FastifyReply, resource: Fields, chosen: (resource: Fields) => Fields) {
  const { version, location } = resource.meta as Record<string, string>;
  reply.header("etag", version);
  if (reply.statusCode === 201) reply.header("location", location);
  if (request.method === "GET" && request.headers["if-none-match"] === version) return reply.code(304).send();
  return reply.send(chosen(resource));
}

const queryOf = ({ query }: FastifyRequest) => query as Record<string, unknown>;
const ifMatch = ({ headers }: FastifyRequest) => headers["if-match"];

function bodyOf({ body }: FastifyRequest): Record<string, unknown> {
  if (isFields(body)) return body;
  throw invalid("invalidSyntax", "the body is an object of JSON");
}

/** A request to delete may say that it has JSON, and have none. */
function readJson(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser([mediaType, "application/json"], { parseAs: "string" }, (_request, body, done) => {
    try {
      done(null, body === "" ? undefined : JSON.parse(String(body)));
    } catch {
      done(invalid("invalidSyntax", "the body is no JSON"));
    }
  });
}
