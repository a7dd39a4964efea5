// Settings before they are saved: what they do to one user, to all, and to expectations.

import { type TUnsafe, Type } from "typebox";
import { Claims } from "./claims.ts";
import { Failure, Id, Person, Version, WorkspaceId } from "./common.ts";
import {
  Catalog,
  ClaimOptions,
  EffectiveSettings,
  fieldsOf,
  Guarantee,
  GuaranteeResult,
  InstanceSettings,
  Licence,
  LoginImpactSummary,
  LoginOutcome,
  LoginRefusals,
  LoginUser,
  LoginWorkspace,
  MemberStatus,
  Membership,
  Scenario,
  ScenarioResult,
  WorkspaceChange,
} from "./engine.ts";
import { exact, type Named, named, nullable, tagged, use } from "./named.ts";
import { User } from "./people.ts";

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
        member: use(MemberStatus),
        membership: nullable(use(Membership)),
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

export const LoginFacts = named(
  "LoginFacts",
  exact(
    {
      user: use(LoginUser),
      licence: Type.Optional(use(Licence)),
      passwordLogin: Type.Optional(Type.Boolean()),
      signup: Type.Optional(Type.Boolean()),
      workspaces: Type.Array(use(LoginWorkspace), { description: "Those in which they are something." }),
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
        { type: Type.Literal("login"), user: use(Person), refused: use(LoginRefusals) },
        "A user whose login as a whole is refused on one side only, or for another reason.",
      ),
      exact(
        {
          type: Type.Literal("change"),
          workspace: WorkspaceId,
          user: use(Person),
          ...fieldsOf(WorkspaceChange, ["member", "effect", "before", "after", "topRoleLost", "blocked"]),
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

/** One with a name that the page can show. */
const shown = <T extends { name: string }>(expectation: Named<TUnsafe<T>>) =>
  Type.Unsafe<T>({
    allOf: [use(expectation)],
    type: "object",
    properties: { name: { type: "string", minLength: 1, maxLength: 200 } },
  });

const Scenarios = Type.Array(shown(Scenario), { maxItems: 1000 });
const Guarantees = Type.Array(shown(Guarantee), { maxItems: 1000 });

export const ScenarioSet = named(
  "ScenarioSet",
  exact({
    version: Type.Integer({
      minimum: 0,
      maximum: 2_147_483_646,
      description: "Raised by every change; 0 if nothing was stored yet.",
    }),
    scenarios: Scenarios,
    guarantees: Guarantees,
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
  scenarios: Type.Optional(Scenarios),
  guarantees: Type.Optional(Guarantees),
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
