// Workspaces, their groups, users and what they have.

import { Type } from "typebox";
import { roles } from "../../roles.ts";
import { UserChange } from "./audit.ts";
import { Claims } from "./claims.ts";
import { EmailVerified, Id, Person, text, When, WorkspaceId } from "./common.ts";
import { Catalog, GrantedBy, UserStatus } from "./engine.ts";
import { exact, named, nullable, use } from "./named.ts";

const CatalogVersion = Type.Integer({ description: "Raised by every change of the workspace's groups." });

export const Workspace = named(
  "Workspace",
  exact({
    id: WorkspaceId,
    name: Type.String(),
    members: Type.Integer({ description: "Who are not archived there." }),
    catalogVersion: CatalogVersion,
    catalog: use(Catalog),
  }),
);
export const WorkspacesAnswer = exact({ workspaces: Type.Array(use(Workspace)) });

const Role = Type.Unsafe<string>({ enum: roles });

export const Group = named(
  "Group",
  exact({ id: Id, name: Type.String(), requires: nullable(Role), members: Type.Integer() }),
);
export const GroupsAnswer = exact({ catalogVersion: CatalogVersion, groups: Type.Array(use(Group)) });
export const GroupAnswer = exact({ catalogVersion: CatalogVersion, group: use(Group) });
// An index of the database holds what takes 2,704 bytes at most, with the workspace's id.
export const NewGroup = exact({ name: text(512, 1), requires: Type.Optional(nullable(Role)) });
export const GroupChange = Type.Partial(NewGroup, { additionalProperties: false, minProperties: 1 });

const Status = use(UserStatus);

export const User = named(
  "User",
  exact({
    id: Id,
    name: nullable(Type.String()),
    email: nullable(Type.String()),
    emailVerified: EmailVerified,
    subject: nullable(Type.String({ description: "Who it is at the identity provider." })),
    status: Status,
    superAdmin: Type.Boolean(),
    exempt: Type.Boolean({ description: "An account for emergencies, which no sync touches." }),
    archivedBySync: Type.Boolean({ description: "A sync archived them, and may restore them." }),
    lastSingleSignOn: nullable(When),
  }),
);
export const UsersQuery = exact({
  search: Type.Optional(text(320)),
  workspace: Type.Optional(WorkspaceId),
  status: Type.Optional(Status),
  archivedBySync: Type.Optional(
    Type.Boolean({ description: "Whether it was a sync that archived them; only archived users are found by it." }),
  ),
  exempt: Type.Optional(Type.Boolean()),
  superAdmin: Type.Optional(Type.Boolean()),
  after: Type.Optional(Id),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
});
export const UsersAnswer = exact({ users: Type.Array(use(User)), next: nullable(Id) });

export const WorkspaceName = exact({ workspace: WorkspaceId, name: Type.String() });

export const UserAnswer = exact({
  user: use(User),
  standing: exact({
    sessions: Type.Integer({ description: "Where they are signed in at present." }),
    lastSuperAdmin: Type.Boolean({ description: "No other super admin is active." }),
    lastAdminOf: Type.Array(WorkspaceName, { description: "The workspaces that have no other admin." }),
    lastChange: nullable(
      exact(
        {
          change: use(UserChange),
          at: When,
          by: nullable(use(Person)),
          method: Type.String(),
          note: nullable(Type.String()),
        },
        "What became of them last other than by a login, who did it, and why.",
      ),
    ),
  }),
  memberships: Type.Array(
    exact({
      workspace: WorkspaceId,
      name: Type.String(),
      status: Status,
      role: Type.String(),
      roleGrantedBy: use(GrantedBy),
      groups: Type.Array(exact({ name: Type.String(), grantedBy: use(GrantedBy), grantedAt: When })),
    }),
  ),
  claims: nullable(
    exact(
      { at: When, claims: use(Claims) },
      "What is kept of the last token: no claims that only say who somebody is, or are the protocol's.",
    ),
  ),
});
