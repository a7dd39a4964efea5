// What logins came to, and what became of users between them.

import { Type } from "typebox";
import { Id, Person, text, Version, When, WorkspaceId } from "./common.ts";
import { Diagnostic, fieldsOf, PlanStatus, planFields, Resolution, SyncPlan } from "./engine.ts";
import { exact, named, nullable, use } from "./named.ts";

export const AuditQuery = exact({
  user: Type.Optional(Id),
  workspace: Type.Optional(WorkspaceId),
  from: Type.Optional({ ...When, description: "This moment, and later." }),
  to: Type.Optional({ ...When, description: "Before this moment." }),
  status: Type.Optional(use(PlanStatus)),
  reason: Type.Optional(text(100, 1)),
  allowed: Type.Optional(Type.Boolean()),
  requestId: Type.Optional({ ...text(100, 1), description: "The number that a person was told." }),
  changed: Type.Optional(Type.Boolean({ description: "`true`: only logins that changed something." })),
  before: Type.Optional({ ...Id, description: "The `next` of the page before." }),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
});

export const UserChange = named(
  "AccountChange",
  Type.Enum(["created", "archived", "restored", "invited", "exempted", "no-longer-exempt"], {
    description: "What became of the user, where it was no login.",
  }),
);

const login = {
  id: Id,
  at: When,
  method: Type.String(),
  user: nullable(use(Person)),
  subject: Type.String({
    description:
      "Who it was at the identity provider, or the e-mail address that was typed; empty if that is not known. Of a run over a directory that failed: what the identity provider is called.",
  }),
  allowed: Type.Boolean(),
  reason: nullable(Type.String()),
  userChange: nullable(use(UserChange)),
  actor: nullable(use(Person)),
  note: nullable(
    Type.String({ description: "Why the actor, an admin, did it; or, of a run over a directory, why it failed." }),
  ),
  requestId: Type.String({
    description:
      "The number that the person was told, and that the log has; of a run over a directory, `reconcile-` and its id.",
  }),
  settingsVersion: Version,
  diagnostics: Type.Array(use(Diagnostic)),
};

const workspace = {
  workspace: WorkspaceId,
  applied: Type.Boolean({ description: "Whether the plan was carried out." }),
};

export const AuditEntry = named(
  "AuditEntry",
  exact(
    {
      ...login,
      workspaces: Type.Array(exact({ ...workspace, ...planFields, ...fieldsOf(Resolution, ["roleReasons"]) })),
    },
    "A login. Its plans are without what they follow from, which the entry by itself has.",
  ),
);

export const AuditAnswer = exact({ entries: Type.Array(use(AuditEntry)), next: nullable(Id) });

export const AuditEntryAnswer = exact({
  ...login,
  workspaces: Type.Array(
    exact({
      ...workspace,
      plan: use(SyncPlan),
      mapping: Type.String({ description: "The text that the places in the plan are places of." }),
      added: Type.String({
        description: "The workspace's own entries: what places of the text `workspace` are places of.",
      }),
    }),
  ),
});
