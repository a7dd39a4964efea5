// The workspaces of the application: all of them, and how they are made, renamed and deleted.

import { sql } from "kysely";
import { Type } from "typebox";
import type { Database } from "../../database/schema.ts";
import { currentSettings } from "../../settings/versions.ts";
import { readCatalogs } from "../../workspaces/catalogs.ts";
import { deleteWorkspace } from "../../workspaces/deletion.ts";
import { newIdFault } from "../../workspaces/new-id.ts";
import { createWorkspace, readLosses, renameWorkspace } from "../../workspaces/workspaces.ts";
import { ApiError, missing } from "../errors.ts";
import { whoAsks } from "../guard.ts";
import { described } from "../openapi.ts";
import type { ApiPart } from "../part.ts";
import { conflict, notFound, refusals, unprocessable, unreadable, WorkspaceId } from "../schemas/common.ts";
import { exact, use } from "../schemas/named.ts";
import { Workspace, WorkspacesAnswer } from "../schemas/people.ts";
import { StaleSettings, UnconfirmedExpectations, UnconfirmedSettings } from "../schemas/settings.ts";
import {
  DeletionAnswer,
  DeletionQuery,
  NewWorkspace,
  UnconfirmedLosses,
  WorkspaceAnswer,
  WorkspaceChange,
} from "../schemas/workspaces.ts";
import { answerOf, conflictOf, isConflict } from "../settings/answers.ts";
import { reviewed } from "../settings/confirmation.ts";

const params = exact({ workspace: WorkspaceId });

export const workspaceRoutes: ApiPart = (server, { database }) => {
  server.get(
    "/workspaces",
    {
      schema: {
        ...described("GET", "listWorkspaces", "All workspaces, in the sync list or not, with their catalogs"),
        response: { 200: WorkspacesAnswer, ...refusals },
      },
    },
    async () => ({ workspaces: await readWorkspaces(database) }),
  );

  server.post(
    "/workspaces",
    {
      schema: {
        ...described("change", "createWorkspace", "Make a workspace, which is in no sync list yet"),
        body: NewWorkspace,
        response: {
          201: use(Workspace),
          ...refusals,
          ...conflict("There is a workspace of this id: `workspace-exists`."),
          ...unreadable,
        },
      },
    },
    async (request, reply) => {
      const { id, name } = request.body;
      const fault = id === undefined ? null : newIdFault(id);
      if (fault !== null) throw new ApiError(400, { code: "invalid-input", message: fault, path: "id" });
      const made = await createWorkspace(database, { name: usable(name), ...(id !== undefined && { id }) });
      if (!made) {
        const message = "there is a workspace of this id already";
        throw new ApiError(409, { code: "workspace-exists", message, path: "id" });
      }
      request.log.info({ userId: whoAsks(request).id, workspace: made.id }, "workspace made");
      return reply.code(201).send(await one(made.id));
    },
  );

  server.get(
    "/workspaces/:workspace",
    {
      schema: {
        ...described("GET", "getWorkspace", "A workspace, and what would be deleted with it"),
        params,
        response: { 200: WorkspaceAnswer, ...refusals, ...notFound },
      },
    },
    async ({ params: { workspace } }) => {
      const { settings } = await currentSettings(database);
      return {
        workspace: await one(workspace),
        losses: await readLosses(database, workspace),
        listed: settings.workspaces.some(({ id }) => id === workspace),
        default: settings.defaultWorkspace === workspace,
      };
    },
  );

  server.patch(
    "/workspaces/:workspace",
    {
      schema: {
        ...described("change", "renameWorkspace", "Change the name of a workspace; its id stays"),
        params,
        body: WorkspaceChange,
        response: { 200: use(Workspace), ...refusals, ...notFound, ...unreadable },
      },
    },
    async (request) => {
      const { workspace } = request.params;
      if (!(await renameWorkspace(database, workspace, usable(request.body.name)))) throw missing("workspace");
      request.log.info({ userId: whoAsks(request).id, workspace }, "workspace renamed");
      return one(workspace);
    },
  );

  server.delete(
    "/workspaces/:workspace",
    {
      schema: {
        ...described("change", "deleteWorkspace", "Delete a workspace with its groups and memberships"),
        description:
          "Where it is in the sync list, it is removed from it in the same transaction, by the command `remove-workspace`, and confirmed like any change of the settings. The audit keeps what it says of it.",
        params,
        querystring: DeletionQuery,
        response: {
          200: DeletionAnswer,
          ...refusals,
          503: {
            ...refusals[503],
            description:
              "`impact-unknown`: what this does to known users could not be worked out in time; nothing is deleted, unless `unknown` says so. Or the database cannot be reached: `database-unavailable`.",
          },
          ...notFound,
          409: {
            ...Type.Union([
              use(StaleSettings),
              use(UnconfirmedLosses),
              use(UnconfirmedSettings),
              use(UnconfirmedExpectations),
            ]),
            description:
              "Nothing is deleted. `stale-version`: these are no longer the present settings. `losses-unconfirmed`: `members` is not how many it has. `impact-unconfirmed` and `expectations-unconfirmed`, as for a save of settings.",
          },
          ...unprocessable(
            "It is the last workspace: `last-workspace`; the engine refuses to remove it from the sync list, with its code; `newDefault` does not exist: `no-such-workspace`; or there never was this version: `unknown-version`.",
          ),
        },
      },
    },
    async (request, reply) => {
      const { workspace } = request.params;
      const { version: seen, members, newDefault, confirmed: count, unknown, failing } = request.query;
      const { id, superAdmin } = whoAsks(request);
      const confirmed = count !== undefined ? { count } : unknown ? { unknown } : undefined;
      const result = await deleteWorkspace(database, {
        ...{ workspace, seen, newDefault, members },
        actor: { id, superAdmin },
        review: reviewed(database, { confirmed, failing, expectations: [] }, request.log),
      });
      request.log.info({ status: result.status, seen, userId: id, workspace }, "workspace to be deleted");
      switch (result.status) {
        case "no-workspace":
          throw missing("workspace");
        case "last-workspace":
          throw new ApiError(422, { code: result.status, message: "the application needs a workspace" });
        case "losses-unconfirmed": {
          const { losses } = result;
          const message = `the workspace has ${losses.members} members; confirm their number`;
          return reply.code(409).send({ error: { code: result.status, message, path: "members" }, losses });
        }
      }
      if (isConflict(result)) return reply.code(409).send((await conflictOf(database, result, [])) as never);
      const answer = await answerOf(database, result, () => "command");
      if (answer.status === "confirm") throw new Error("a removal that was confirmed asks again");
      return { stored: answer.stored };
    },
  );

  async function one(id: string) {
    const [found] = await readWorkspaces(database, id);
    if (!found) throw missing("workspace");
    return found;
  }
};

/** It is read in lists, in sentences and in one line. */
function usable(name: string): string {
  const trimmed = name.trim();
  const message = trimmed === "" ? "a name has characters that can be seen" : "a name is one line";
  if (trimmed === "" || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(trimmed)) {
    throw new ApiError(400, { code: "invalid-input", message, path: "name" });
  }
  return trimmed;
}

/** This one, or all. */
async function readWorkspaces(database: Database, id?: string) {
  const rows = await database
    .selectFrom("workspaces")
    .leftJoin("memberships", (on) =>
      on.onRef("workspace_id", "=", "workspaces.id").on("memberships.status", "<>", "archived"),
    )
    .select(["workspaces.id", "name", "catalog_version as catalogVersion"])
    .select(sql<number>`count(user_id)::integer`.as("members"))
    .$if(id !== undefined, (query) => query.where("workspaces.id", "=", id ?? ""))
    .groupBy("workspaces.id")
    .orderBy("name")
    .orderBy("workspaces.id")
    .execute();
  const catalogs = await readCatalogs(
    database,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ ...row, catalog: catalogs[row.id] ?? { groups: [] } }));
}
