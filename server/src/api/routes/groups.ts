// The workspaces of the application, and what can be granted in them.

import type { FastifyRequest } from "fastify";
import { sql } from "kysely";
import { readCatalogs } from "../../workspaces/catalogs.ts";
import { addGroup, changeGroup, type GroupUpdate, readGroups } from "../../workspaces/groups.ts";
import { ApiError, missing } from "../errors.ts";
import { whoAsks } from "../guard.ts";
import { described } from "../openapi.ts";
import type { ApiPart } from "../part.ts";
import { conflict, Id, notFound, refusals, unreadable, WorkspaceId } from "../schemas/common.ts";
import { exact } from "../schemas/named.ts";
import { GroupAnswer, GroupChange, GroupsAnswer, NewGroup, WorkspacesAnswer } from "../schemas/people.ts";

const nameTaken = conflict("The workspace has another group of this name: `group-exists`.");

export const groupRoutes: ApiPart = (server, { database }) => {
  server.get(
    "/workspaces",
    {
      schema: {
        ...described("GET", "listWorkspaces", "All workspaces, in the sync list or not, with their catalogs"),
        response: { 200: WorkspacesAnswer, ...refusals },
      },
    },
    async () => {
      const rows = await database
        .selectFrom("workspaces")
        .leftJoin("memberships", (on) =>
          on.onRef("workspace_id", "=", "workspaces.id").on("memberships.status", "<>", "archived"),
        )
        .select(["workspaces.id", "name", "catalog_version as catalogVersion"])
        .select(sql<number>`count(user_id)::integer`.as("members"))
        .groupBy("workspaces.id")
        .orderBy("name")
        .orderBy("workspaces.id")
        .execute();
      const catalogs = await readCatalogs(
        database,
        rows.map(({ id }) => id),
      );
      return { workspaces: rows.map((row) => ({ ...row, catalog: catalogs[row.id] ?? { groups: [] } })) };
    },
  );

  server.get(
    "/workspaces/:workspace/groups",
    {
      schema: {
        ...described("GET", "listGroups", "The groups of a workspace, in the order of its catalog"),
        params: exact({ workspace: WorkspaceId }),
        response: { 200: GroupsAnswer, ...refusals, ...notFound },
      },
    },
    async ({ params: { workspace } }) => {
      const groups = await readGroups(database, workspace);
      if (!groups) throw missing("workspace");
      return groups;
    },
  );

  server.post(
    "/workspaces/:workspace/groups",
    {
      schema: {
        ...described("change", "addGroup", "Add a group to a workspace"),
        params: exact({ workspace: WorkspaceId }),
        body: NewGroup,
        response: { 201: GroupAnswer, ...refusals, ...notFound, ...nameTaken, ...unreadable },
      },
    },
    async (request, reply) => {
      const { workspace } = request.params;
      const { name, requires = null } = request.body;
      const update = await addGroup(database, workspace, { name, requires });
      return reply.code(201).send(answer(update, request, workspace));
    },
  );

  server.patch(
    "/workspaces/:workspace/groups/:group",
    {
      schema: {
        ...described("change", "changeGroup", "Change the name or the required role of a group"),
        params: exact({ workspace: WorkspaceId, group: Id }),
        body: GroupChange,
        response: { 200: GroupAnswer, ...refusals, ...notFound, ...nameTaken, ...unreadable },
      },
    },
    async (request) => {
      const { workspace, group } = request.params;
      return answer(await changeGroup(database, workspace, group, request.body), request, workspace);
    },
  );
};

/** The log has who did it. */
function answer(update: GroupUpdate, request: FastifyRequest, workspace: string) {
  switch (update.status) {
    case "saved": {
      const { catalogVersion, group } = update;
      const { id: userId } = whoAsks(request);
      request.log.info({ userId, workspace, groupId: group.id, catalogVersion }, "group saved");
      return { catalogVersion, group };
    }
    case "no-workspace":
      throw missing("workspace");
    case "no-group":
      throw missing("group");
    case "name-taken":
      throw new ApiError(409, { code: "group-exists", message: "there is a group of this name already", path: "name" });
  }
}
