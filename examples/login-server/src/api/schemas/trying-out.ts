// Settings before they are saved: what they do to one user, to all, and to expectations.

import { Type } from "typebox";
import { Failure, Id, Person, Version, WorkspaceId } from "./common.ts";
import { Access, Effect, ImpactSummary, Membership, Scenario, ScenarioResult } from "./comparison.ts";
import { EffectiveSettings, InstanceSettings } from "./instance-settings.ts";
import { Claims } from "./mapping.ts";
import { exact, named, nullable, tagged, use } from "./named.ts";
import { LoginOutcome } from "./plan.ts";

const unsaved = { description: "Unsaved settings; the stored ones if left out." };

export const PreviewBody = exact({
  settings: Type.Optional({ ...use(InstanceSettings), ...unsaved }),
  userId: Type.Optional(Id),
  claims: Type.Optional(use(Claims)),
});

export const PreviewAnswer = exact({
  settingsVersion: nullable(Version),
  user: nullable(use(Person)),
  claims: use(Claims),
  outcome: use(LoginOutcome),
  workspaces: Type.Array(
    exact(
      {
        id: WorkspaceId,
        name: Type.String(),
        member: Type.Enum(["none", "active", "invited", "archived"]),
        membership: nullable(Membership),
        effective: nullable(use(EffectiveSettings)),
      },
      "What the decision was made from. `effective` is `null` for a workspace that is not in the sync list; its `mapping` is the text that the places in the plan are places of.",
    ),
  ),
});

export const ImpactBody = exact({
  settings: use(InstanceSettings),
  workspace: Type.Optional(WorkspaceId),
});

export const ImpactEvent = named(
  "ImpactEvent",
  tagged(
    "type",
    [
      exact({
        type: Type.Literal("start"),
        settingsVersion: Version,
        users: Type.Integer({ description: "Whose last token is known; they are gone through." }),
        withoutClaims: Type.Integer({
          description: "Users whose last token is not known; nothing is said about them.",
        }),
        workspaces: Type.Array(exact({ id: WorkspaceId, name: Type.String() })),
        unaffected: Type.Array(WorkspaceId, { description: "Workspaces for which the same settings hold as before." }),
      }),
      exact({
        type: Type.Literal("change"),
        workspace: WorkspaceId,
        user: use(Person),
        member: Type.Boolean({ description: "Whether the user is a member of the workspace now." }),
        effect: Effect,
        before: Access,
        after: Access,
      }),
      exact({ type: Type.Literal("progress"), users: Type.Integer({ description: "How many are done." }) }),
      exact({
        type: Type.Literal("summary"),
        workspaces: Type.Array(exact({ id: WorkspaceId, members: use(ImpactSummary), others: use(ImpactSummary) })),
      }),
      exact({ type: Type.Literal("error"), error: Failure }),
    ],
    "A line of the answer. The last one is `summary`, or `error` if the server had to stop.",
  ),
);

export const ScenarioSet = named(
  "ScenarioSet",
  exact({
    version: Type.Integer({
      minimum: 0,
      maximum: 2_147_483_646,
      description: "Raised by every change; 0 if nothing was stored yet.",
    }),
    scenarios: Type.Array(use(Scenario), { maxItems: 1000 }),
  }),
);

export const ScenariosAnswer = exact({
  instance: use(ScenarioSet),
  workspaces: Type.Array(exact({ workspace: WorkspaceId, set: use(ScenarioSet) })),
});

export const StaleScenarios = exact({ error: Failure, current: use(ScenarioSet) });

export const ScenariosRunBody = exact({
  settings: Type.Optional({ ...use(InstanceSettings), ...unsaved }),
  workspace: Type.Optional(nullable(WorkspaceId)),
  scenarios: Type.Optional(Type.Array(use(Scenario), { maxItems: 1000 })),
});

export const ScenariosRunAnswer = exact({
  runs: Type.Array(
    exact({
      workspace: nullable(WorkspaceId),
      results: Type.Array(use(ScenarioResult)),
      error: Type.Optional(Failure),
    }),
  ),
});
