// Accepting the invitation to a workspace. The groups follow with the next sign-in, which treats whoever accepted like any member.

import type { Part } from "../application.ts";
import { type Acceptance, acceptInvitation } from "../login/accept-invitation.ts";
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
      const acceptance = await acceptInvitation(database, request.user.id, request.body.workspace);
      if (acceptance !== "accepted") throw new Problem(refusals[acceptance]);
      return reply.redirect("/", 303);
    },
  );
};

const refusals = {
  "no-invitation": {
    status: 404,
    code: "no-invitation",
    title: "There is no such invitation",
    detail: "It may have been withdrawn, or accepted already.",
  },
  "no-seat": {
    status: 409,
    code: "no-seat",
    title: "There is no free seat for you",
    detail: "Nothing was changed, and your invitation stands. Ask your administrator for a seat, then accept it again.",
  },
} satisfies Record<Exclude<Acceptance, "accepted">, object>;
