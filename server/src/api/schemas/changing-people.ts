// What admins do to users.

import { Type } from "typebox";
import { roles } from "../../roles.ts";
import { Failure, Id, text, WorkspaceId } from "./common.ts";
import { exact, named, nullable, use } from "./named.ts";
import { User, WorkspaceName } from "./people.ts";

const Reason = { ...text(1000), description: "Why; for the audit." };
const RequiredReason = { ...text(1000, 1), description: "Why; for the audit. It has to say something." };

export const ArchiveBody = exact({
  note: RequiredReason,
  confirmed: Type.Optional(
    Type.Array(WorkspaceId, {
      maxItems: 10_000,
      description: "The workspaces that are known to lose their last admin.",
    }),
  ),
});
export const ReasonedBody = exact({ note: RequiredReason });
export const NoteBody = exact({ note: Type.Optional(Reason) });

export const InvitationBody = exact({
  email: text(320, 3),
  name: Type.Optional(text(320)),
  superAdmin: Type.Optional(Type.Boolean({ description: "They need the link of the answer besides the address." })),
  provider: Type.Optional({
    ...text(200, 1),
    description:
      "The identity provider whose verified address counts; left out, the first at which people can sign in.",
  }),
  workspaces: Type.Optional(
    Type.Array(exact({ workspace: WorkspaceId, role: Type.Unsafe<string>({ enum: roles }) }), {
      maxItems: 1000,
      description: "They accept each of these once they have come.",
    }),
  ),
  note: Type.Optional(Reason),
});

export const ChangedUser = named(
  "ChangedUser",
  exact({
    user: use(User),
    changed: Type.Boolean({ description: "`false`: it was so already, and nothing was written down." }),
    link: nullable(Type.String({ description: "Of an invitation that needs one. It is told this once." })),
  }),
);

export const UserConflict = named(
  "UserConflict",
  exact({
    error: Failure,
    lastAdminOf: Type.Optional(Type.Array(WorkspaceName, { description: "The workspaces to be confirmed." })),
    existing: Type.Optional({ ...Id, description: "Who has the address." }),
  }),
);
