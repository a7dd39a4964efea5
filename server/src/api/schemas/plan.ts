// What the engine decides about a user, and why.

import { Type } from "typebox";
import { ClaimGroups, Diagnostic, Span } from "./mapping.ts";
import { exact, named, nullable, tagged, use } from "./named.ts";

const names = Type.Array(Type.String());

export const RoleReason = named(
  "RoleReason",
  tagged(
    "kind",
    [
      exact({ kind: Type.Literal("default") }),
      exact({ kind: Type.Literal("role-group"), idpGroup: Type.String() }),
      exact({ kind: Type.Literal("required-by"), group: Type.String() }),
      exact({ kind: Type.Literal("kept") }),
    ],
    "Why somebody has a role.",
  ),
);

const Term = exact({
  text: Type.String(),
  kind: Type.Enum(["name", "pattern", "condition"]),
  excluded: Type.Optional(Type.Boolean()),
  span: use(Span),
});

const EntryText = Type.Enum(["instance", "workspace"]);

export const Grant = exact({
  target: Type.String(),
  kind: Type.Enum(["role", "group", "unknown"]),
  entry: Type.Optional(use(Span)),
  text: Type.Optional(EntryText),
  with: Type.Optional(Type.Array(Term)),
});

const Match = exact({
  idpGroup: Type.String(),
  via: Type.Enum(["mapping", "name", "none"]),
  grants: Type.Array(Grant),
  nearMisses: names,
});

const Unmet = exact({
  idpGroup: Type.String(),
  entry: use(Span),
  text: Type.Optional(EntryText),
  failed: Type.Array(Term),
});

export const Resolution = named(
  "Resolution",
  exact(
    {
      claim: use(ClaimGroups),
      outcome: Type.Enum(["resolved", "no-match", "keep", "deny"]),
      role: nullable(Type.String()),
      roleReasons: Type.Array(use(RoleReason)),
      groups: names,
      matches: Type.Array(Match),
      unmetRequirement: Type.Optional(names),
      unmet: Type.Array(Unmet),
      diagnostics: Type.Array(use(Diagnostic)),
    },
    "What somebody's groups at the identity provider come to.",
  ),
);

export const RoleChange = exact({ from: nullable(Type.String()), to: Type.String() });

export const Blocked = exact({
  change: Type.Enum(["role", "join", "leave"]),
  name: Type.String(),
  guard: Type.Enum(["last-admin", "seat-limit"]),
});

/** All of a plan but what it follows from. */
export const planFields = {
  status: Type.Enum(["change", "unchanged", "skipped", "denied"]),
  reason: Type.Optional(Type.String()),
  role: RoleChange,
  join: names,
  leave: names,
  keep: names,
  provider: Type.Optional(Type.String()),
  blocked: Type.Array(Blocked),
};

export const SyncPlan = named(
  "SyncPlan",
  exact({ ...planFields, resolution: use(Resolution) }, "What changes for one user in one workspace, and why."),
);

export const LoginOutcome = named(
  "LoginOutcome",
  exact(
    {
      allowed: Type.Boolean(),
      reason: Type.Optional(Type.String()),
      message: Type.Optional(Type.String()),
      workspaces: Type.Array(exact({ id: Type.String(), plan: use(SyncPlan) })),
      diagnostics: Type.Array(use(Diagnostic)),
    },
    "What a login comes to.",
  ),
);
