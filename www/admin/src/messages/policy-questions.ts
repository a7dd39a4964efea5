// What an admin can choose, in the order of the page. The first answer is the engine's default, which `docs/resolving.md` has in bold; a test
// holds this list against that page.

import type { Policy } from "idp-group-sync";

type Questions = { [Field in Exclude<keyof Policy, "require">]-?: readonly NonNullable<Policy[Field]>[] };

export const policyAnswers = {
  compare: ["exact", "ignore-case"],
  matchByName: [true, "groups-only", false],
  noMatch: ["default-role", "keep", "deny"],
  missingClaim: ["no-groups", "keep", "deny"],
  unreadableClaim: ["keep", "deny"],
  roleWithoutRoleGroup: ["infer", "keep-manual", "keep"],
  demotion: ["allow", "never"],
  removal: ["all", "synced", "mapped", "none"],
  nonMembers: ["matched", "all", "none"],
  syncOn: ["every-login", "first-login"],
  whenGone: ["archive", "keep"],
  protectLastAdmin: [true, false],
} as const satisfies Questions;

export type PolicyField = keyof typeof policyAnswers;
export type PolicyAnswer<Field extends PolicyField> = `${(typeof policyAnswers)[Field][number]}`;

/** What is asked, and for each answer what it is called and what it means, in a language. One answer is typed. */
export type PolicyWords = { require: { question: string; help: string; anybody: string } } & {
  [Field in PolicyField]: { question: string } & {
    [Answer in PolicyAnswer<Field>]: [answer: string, meaning: string];
  };
};

export const policyFields = Object.keys(policyAnswers) as PolicyField[];
