// Settings before they are saved: what they do to one user, to all, and to expectations.

import { Type } from "typebox";
import { Failure, Id, Person, Version, WorkspaceId } from "./common.ts";
import { Access, Catalog, Effect, LoginImpactSummary, Membership, Scenario, ScenarioResult } from "./comparison.ts";
import { Guarantee, GuaranteeResult } from "./guarantees.ts";
import { EffectiveSettings, InstanceSettings } from "./instance-settings.ts";
import { ClaimOptions, Claims } from "./mapping.ts";
import { exact, named, nullable, tagged, use } from "./named.ts";
import { User } from "./people.ts";
import { Blocked, LoginOutcome } from "./plan.ts";

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
      "What the decision was made from. `effective` is `null` for a workspace that is not in the sync list; its `mapping` is the text that the places in the plan are places of; where it has `entries`, these are the instance's mapping and `entries.add`.",
    ),
  ),
});

export const TestSignInAnswer = exact({
  testSignIn: nullable(
    exact(
      { claims: use(Claims), user: nullable(use(User)) },
      "What the identity provider says, and whose account it is, if there is one.",
    ),
  ),
});

const Seat = exact({ used: Type.Integer({ description: "By others." }), limit: Type.Integer() });

export const LoginFacts = named(
  "LoginFacts",
  exact(
    {
      user: exact({
        exists: Type.Boolean(),
        status: Type.Optional(Type.Enum(["active", "invited", "archived"])),
        superAdmin: Type.Optional(Type.Boolean()),
        exempt: Type.Optional(Type.Boolean()),
      }),
      licence: Type.Optional(
        exact({
          status: Type.Enum(["active", "expired"]),
          features: exact({
            sso: Type.Boolean(),
            groupSync: Type.Boolean(),
            customGroups: Type.Optional(Type.Boolean()),
          }),
          seats: Type.Optional(
            exact({ total: Type.Optional(Seat), roles: Type.Optional(Type.Record(Type.String(), Seat)) }),
          ),
        }),
      ),
      passwordLogin: Type.Optional(Type.Boolean()),
      signup: Type.Optional(Type.Boolean()),
      workspaces: Type.Array(
        exact({
          id: WorkspaceId,
          member: Type.Enum(["none", "active", "invited", "archived"]),
          membership: Type.Optional(Membership),
          guards: Type.Optional(exact({ lastAdmin: Type.Optional(Type.Boolean()) })),
        }),
        { description: "Those in which they are something." },
      ),
    },
    "What a login is decided from besides claims and settings.",
  ),
);

export const LoginFactsBody = exact({
  userIds: Type.Array(Id, { maxItems: 100 }),
  claims: Type.Optional(
    Type.Array(use(ClaimOptions), {
      maxItems: 1000,
      description: "Those of which it is asked whether they were seen.",
    }),
  ),
});

export const LoginFactsAnswer = exact({
  workspaces: Type.Array(exact({ id: WorkspaceId, name: Type.String(), catalog: use(Catalog) }), {
    description: "All of the application, in the order in which a login takes them.",
  }),
  somebodyNew: use(LoginFacts),
  unseenClaims: Type.Array(use(ClaimOptions), {
    description:
      "Those of the claims that no token has ever carried: while it is so, a token without one changes nothing.",
  }),
  users: Type.Array(
    exact({
      user: use(Person),
      claims: nullable({ ...use(Claims), description: "Of their last token." }),
      facts: use(LoginFacts),
    }),
    { description: "Those who exist." },
  ),
});

export const ImpactBody = exact({ settings: use(InstanceSettings) });

const Refusal = Type.Optional(Type.String({ description: "As in the outcome of a login; absent if it is allowed." }));

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
        groupSync: exact(
          { before: Type.Boolean(), after: Type.Boolean() },
          "Whether it is on: in the stored settings, and in these. Where both are off, no login changes anything.",
        ),
      }),
      exact(
        { type: Type.Literal("login"), user: use(Person), refused: exact({ before: Refusal, after: Refusal }) },
        "A user whose login as a whole is refused on one side only, or for another reason.",
      ),
      exact(
        {
          type: Type.Literal("change"),
          workspace: WorkspaceId,
          user: use(Person),
          member: Type.Enum(["none", "active", "invited", "archived"]),
          effect: Effect,
          before: Access,
          after: Access,
          topRoleLost: Type.Optional(Type.Literal(true)),
          blocked: Type.Optional(Type.Array(Blocked, { description: "What a guard would refuse." })),
        },
        "A user who would have something else in a workspace after the next login.",
      ),
      exact({ type: Type.Literal("progress"), users: Type.Integer({ description: "How many are done." }) }),
      exact({ type: Type.Literal("summary"), totals: use(LoginImpactSummary) }),
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
    guarantees: Type.Array(use(Guarantee), { maxItems: 1000 }),
  }),
);

export const ScenariosAnswer = exact({
  instance: use(ScenarioSet),
  workspaces: Type.Array(exact({ workspace: WorkspaceId, set: use(ScenarioSet) })),
});

export const SavedSet = named(
  "SavedScenarioSet",
  exact({ workspace: nullable(WorkspaceId), set: use(ScenarioSet) }, "Of the instance (`null`), or of a workspace."),
);

export const StaleScenarios = exact({ error: Failure, current: use(ScenarioSet) });

export const ScenariosRunBody = exact({
  settings: Type.Optional({ ...use(InstanceSettings), ...unsaved }),
  workspace: Type.Optional(nullable(WorkspaceId)),
  scenarios: Type.Optional(Type.Array(use(Scenario), { maxItems: 1000 })),
  guarantees: Type.Optional(Type.Array(use(Guarantee), { maxItems: 1000 })),
});

export const ScenarioRun = named(
  "ScenarioRun",
  exact({
    workspace: nullable(WorkspaceId),
    results: Type.Array(use(ScenarioResult)),
    guarantees: Type.Array(use(GuaranteeResult)),
    error: Type.Optional(Failure),
  }),
);

export const ScenariosRunAnswer = exact({ runs: Type.Array(use(ScenarioRun)) });
