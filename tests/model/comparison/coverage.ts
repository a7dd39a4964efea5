// What came up in a run, counted: a comparison in which a rule never acted says nothing about that rule.

import type { ModelOutcome } from "../rules/login.ts";
import type { ModelPlan } from "../rules/planning.ts";
import type { ModelResolution } from "../rules/resolving.ts";

const counts = new Map<string, number>();

export function count(what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

export function counted(): [string, number][] {
  return [...counts].sort(([one], [other]) => (one < other ? -1 : 1));
}

export function countResolution(where: string, resolution: ModelResolution): void {
  count(`${where}: claim ${resolution.claim.status}`);
  count(`${where}: outcome ${resolution.outcome}`);
  for (const reason of resolution.roleReasons) count(`${where}: role reason ${reason.kind}`);
  for (const match of resolution.matches) {
    count(`${where}: match via ${match.via}`);
    for (const grant of match.grants) count(`${where}: grant ${grant.kind}${grant.entry ? "" : " by name"}`);
    for (const { text } of match.grants) if (text) count(`${where}: grant of the text ${text}`);
    for (const grant of match.grants) if (grant.with) count(`${where}: grant ${grant.kind} by a condition`);
    if (match.nearMisses.length > 0) count(`${where}: near miss`);
  }
  if (resolution.unmetRequirement) count(`${where}: unmet requirement`);
  for (const { failed, text } of resolution.unmet) {
    if (text) count(`${where}: unmet of the text ${text}`);
    for (const { kind, excluded } of failed) count(`${where}: unmet ${excluded ? "excluded " : ""}${kind}`);
  }
  for (const { code, params } of resolution.remarks) {
    count(`${where}: diagnostic ${code}`);
    if (params?.text) count(`${where}: diagnostic ${code} of the text ${params.text}`);
  }
}

export function countPlan(where: string, plan: ModelPlan): void {
  count(`${where}: status ${plan.status}`);
  if (plan.reason) count(`${where}: reason ${plan.reason}`);
  for (const { change, guard } of plan.blocked) count(`${where}: blocked ${change} by ${guard}`);
  for (const list of ["join", "leave", "keep"] as const) if (plan[list].length > 0) count(`${where}: ${list}`);
  if (plan.provider) count(`${where}: provider`);
  if (plan.role.from === null && plan.status === "change") count(`${where}: new member`);
  if (plan.reason && plan.status === "change") count(`${where}: new member by a rule`);
  if (plan.status === "change" && plan.resolution.role !== plan.role.to && plan.role.to !== plan.role.from) {
    count(`${where}: a role between the present and the wanted one`);
  }
  countResolution(where, plan.resolution);
}

export function countLogin(method: string, outcome: ModelOutcome): void {
  count(`login: ${outcome.allowed ? "allowed" : `refused ${outcome.reason}`}`);
  count(`login: method ${method}`);
  for (const { code } of outcome.remarks) count(`login: diagnostic ${code}`);
  for (const { plan } of outcome.workspaces) countPlan("login", plan);
}
