// What can be granted in a workspace.

import type { FastifyRequest } from "fastify";
import { addGroup, changeGroup, type GroupUpdate, readGroups } from "../../workspaces/groups.ts";
import { ApiError, missing } from "../errors.ts";
import { whoAsks } from "../guard.ts";
import { described } from "../openapi.ts";
import type { ApiPart } from "../part.ts";
import { conflict, Id, notFound, refusals, unreadable, WorkspaceId } from "../schemas/common.ts";
import { exact } from "../schemas/named.ts";
import { GroupAnswer, GroupChange, GroupsAnswer, NewGroup } from "../schemas/people.ts";

const nameTaken = conflict("The workspace has another group of this name: `group-exists`.");

export const groupRoutes: ApiPart = (server, { database }) => {
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
