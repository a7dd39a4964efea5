// The settings document and the commands that change it. The engine checks more than a schema can say, and has the last word.

import { Type } from "typebox";
import { ClaimOptions, Diagnostic } from "./mapping.ts";
import { exact, named, tagged, use } from "./named.ts";

export const Policy = named(
  "Policy",
  exact(
    {
      compare: Type.Optional(Type.Enum(["exact", "ignore-case"])),
      matchByName: Type.Optional(Type.Union([Type.Boolean(), Type.Literal("groups-only")])),
      require: Type.Optional(Type.String()),
      noMatch: Type.Optional(Type.Enum(["default-role", "keep", "deny"])),
      missingClaim: Type.Optional(Type.Enum(["no-groups", "keep", "deny"])),
      unreadableClaim: Type.Optional(Type.Enum(["keep", "deny"])),
      roleWithoutRoleGroup: Type.Optional(Type.Enum(["infer", "keep-manual", "keep"])),
      demotion: Type.Optional(Type.Enum(["allow", "never"])),
      removal: Type.Optional(Type.Enum(["all", "synced", "mapped", "none"])),
      nonMembers: Type.Optional(Type.Enum(["matched", "all", "none"])),
      syncOn: Type.Optional(Type.Enum(["every-login", "first-login"])),
      whenGone: Type.Optional(Type.Enum(["archive", "keep"])),
      protectLastAdmin: Type.Optional(Type.Boolean()),
    },
    "The choices that an admin made; one that is absent has its default.",
  ),
);

const Entries = exact(
  { add: Type.Optional(Type.String()), without: Type.Optional(Type.String()) },
  "In what a workspace's mapping differs from the instance's, which it follows in all else.",
);

const WorkspaceSettings = exact(
  {
    id: Type.String(),
    enabled: Type.Boolean(),
    claim: Type.Optional(use(ClaimOptions)),
    mapping: Type.Optional(Type.String()),
    entries: Type.Optional(Entries),
    policy: Type.Optional(use(Policy)),
  },
  "A workspace of the sync list. A field that is absent is inherited.",
);

export const InstanceSettings = named(
  "InstanceSettings",
  exact(
    {
      version: Type.Literal(1, { description: "Of the document's format." }),
      enabled: Type.Boolean(),
      claim: use(ClaimOptions),
      mapping: Type.String(),
      policy: use(Policy),
      defaultWorkspace: Type.String(),
      workspaces: Type.Array(WorkspaceSettings),
    },
    "The settings of group sync.",
  ),
);

export const EffectiveSettings = named(
  "EffectiveSettings",
  exact(
    {
      workspace: Type.String(),
      enabled: Type.Boolean(),
      claim: use(ClaimOptions),
      mapping: Type.String(),
      entries: Type.Optional(Entries),
      diagnostics: Type.Optional(Type.Array(use(Diagnostic))),
      policy: use(Policy),
      inherited: exact({ claim: Type.Boolean(), mapping: Type.Boolean(), policy: Type.Boolean() }),
    },
    "What holds for one workspace of the sync list.",
  ),
);

const workspace = Type.String();

export const SettingsCommand = named(
  "SettingsCommand",
  tagged(
    "type",
    [
      exact({ type: Type.Literal("enable") }),
      exact({ type: Type.Literal("disable") }),
      exact({ type: Type.Literal("set-claim"), claim: use(ClaimOptions), workspace: Type.Optional(workspace) }),
      exact({ type: Type.Literal("set-mapping"), mapping: Type.String(), workspace: Type.Optional(workspace) }),
      exact({ type: Type.Literal("set-entries"), entries: Entries, workspace }),
      exact({ type: Type.Literal("set-entry"), entry: Type.String(), holds: Type.Boolean(), workspace }),
      exact({ type: Type.Literal("set-policy"), policy: use(Policy), workspace: Type.Optional(workspace) }),
      exact({ type: Type.Literal("inherit"), workspace, field: Type.Enum(["claim", "mapping", "policy"]) }),
      exact({ type: Type.Literal("add-workspace"), workspace }),
      exact({ type: Type.Literal("enable-workspace"), workspace }),
      exact({ type: Type.Literal("disable-workspace"), workspace }),
      exact({
        type: Type.Literal("remove-workspace"),
        workspace,
        confirmed: Type.Optional(Type.Boolean()),
        newDefault: Type.Optional(workspace),
      }),
      exact({ type: Type.Literal("set-default-workspace"), workspace }),
    ],
    "A change of the settings; the engine's `applyCommand` says what it does, and whether it may.",
  ),
);
