// What the engine says of changed settings: for known users, and for expectations.

import { Type } from "typebox";
import { Claims } from "./mapping.ts";
import { exact, named, nullable, use } from "./named.ts";
import { Resolution } from "./plan.ts";

export const Catalog = named(
  "Catalog",
  exact(
    {
      roles: Type.Optional(Type.Array(Type.String(), { description: "Lowest first." })),
      groups: Type.Array(exact({ name: Type.String(), requires: Type.Optional(Type.String()) })),
    },
    "What can be granted in one workspace, as the engine takes it.",
  ),
);

export const Access = exact({
  role: nullable(Type.String()),
  groups: Type.Array(Type.String()),
  denied: Type.Optional(Type.Literal(true)),
});

export const Effect = Type.Enum(["denied", "admitted", "gains", "loses", "changes"]);

export const LoginImpactSummary = named(
  "LoginImpactSummary",
  exact(
    {
      users: Type.Integer(),
      unchanged: Type.Integer(),
      refused: Type.Integer({ description: "Users who can sign in at present, and could not." }),
      readmitted: Type.Integer({ description: "Users who cannot sign in at present, and could." }),
      denied: Type.Integer({ description: "Users whom a workspace lets in at present, and would refuse." }),
      topRoleLost: Type.Integer({ description: "Users who would lose the highest role of a workspace." }),
      toConfirm: Type.Integer({ description: "Users of whom any of these three holds, each once." }),
      nowhere: exact({ before: Type.Integer(), after: Type.Integer() }, "Users whom no workspace lets in."),
      losers: Type.Integer({ description: "Users who would lose something, or could not sign in." }),
      held: Type.Optional(Type.Literal(true, { description: "They are more than the brake lets pass." })),
      heldBy: Type.Optional(Type.Array(Type.Enum(["max-losers", "max-share"]))),
      workspaces: Type.Array(
        exact({
          id: Type.String(),
          unchanged: Type.Integer(),
          denied: Type.Integer(),
          admitted: Type.Integer(),
          gains: Type.Integer(),
          loses: Type.Integer(),
          changes: Type.Integer(),
          topRoleLost: Type.Integer(),
          roles: Type.Record(Type.String(), exact({ before: Type.Integer(), after: Type.Integer() })),
        }),
      ),
      faults: Type.Array(exact({ line: Type.Integer(), id: Type.Optional(Type.String()), message: Type.String() })),
      faultCount: Type.Integer(),
    },
    "What becomes of how many users' logins.",
  ),
);

const GrantedBy = Type.Enum(["sync", "manual"]);

export const Membership = exact({
  role: nullable(Type.String()),
  roleGrantedBy: Type.Optional(GrantedBy),
  roleProvider: Type.Optional(Type.String()),
  groups: Type.Array(
    exact({
      name: Type.String(),
      grantedBy: Type.Optional(GrantedBy),
      provider: Type.Optional(Type.String()),
    }),
  ),
});

export const Scenario = named(
  "Scenario",
  exact(
    {
      name: Type.String({ minLength: 1, maxLength: 200 }),
      claims: Type.Optional(use(Claims)),
      groups: Type.Optional(Type.Array(Type.String())),
      membership: Type.Optional(Membership),
      expect: exact({
        role: Type.Optional(nullable(Type.String())),
        groups: Type.Optional(Type.Array(Type.String())),
        outcome: Type.Optional(Type.Enum(["resolved", "no-match", "keep", "deny"])),
      }),
    },
    "An expectation: with these claims, or these groups, somebody has this.",
  ),
);

export const ScenarioResult = named(
  "ScenarioResult",
  exact({
    name: Type.String(),
    passed: Type.Boolean(),
    differences: Type.Array(Type.String()),
    resolution: use(Resolution),
  }),
);
