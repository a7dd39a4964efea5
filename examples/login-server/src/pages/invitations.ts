// Accepting the invitation to a workspace. The groups follow with the next sign-in, which treats whoever accepted like any member.

import type { Part } from "../application.ts";
import { Problem } from "./problem.ts";

const body = {
  type: "object",
  required: ["workspace"],
  properties: { workspace: { type: "string", pattern: "^[^\\u0000]*$" } },
} as const;

export const invitations: Part = (server, { database }) => {
  server.post<{ Body: { workspace: string } }>(
    "/invitations/accept",
    { schema: { body }, preHandler: server.csrfProtection },
    async (request, reply) => {
      if (!request.user) return reply.redirect("/sign-in", 303);
      const { numUpdatedRows } = await database
        .updateTable("memberships")
        .set({ status: "active" })
        .where("user_id", "=", request.user.id)
        .where("workspace_id", "=", request.body.workspace)
        .where("status", "=", "invited")
        .executeTakeFirst();
      if (numUpdatedRows === 0n) {
        throw new Problem({
          status: 404,
          title: "There is no such invitation",
          detail: "It may have been withdrawn, or accepted already.",
        });
      }
      return reply.redirect("/", 303);
    },
  );
};
