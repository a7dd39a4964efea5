// What the last tokens hold: what the settings are suggested from.

import { type ClaimOptions, readGroups, suggestClaims } from "idp-group-sync";
import { placesReading, SourceReader, viasOf } from "../../../../../server/src/claims/groups-in-use.ts";
import type { ClaimSought, ClaimUsers, GroupLabelChange, GroupsSeen } from "../answers.js";
import type { LocalData } from "./data.js";

type Seen = Pick<GroupsSeen["groups"][number], "name" | "users" | "lastSeen">;

/** A group that nobody had for so long is gone, as far as anybody can say. */
const recentDays = 90;

export function groupsSeen(data: LocalData, claim: ClaimOptions): GroupsSeen {
  const tokens = tokensOf(data);
  const counter = new Map<string, Seen>();
  for (const { at, claims } of tokens) for (const group of readGroups(claims, claim).groups) count(counter, group, at);
  const groups = commonestFirst(counter);
  const { settings } = data.versions.at(-1) ?? {};
  const catalogOf = (id: string) => data.workspaces.find((workspace) => workspace.id === id)?.catalog ?? { groups: [] };
  const names = groups.map(({ name }) => name);
  const read = new SourceReader();
  const vias = settings ? viasOf(placesReading(claim, settings, catalogOf), names, read) : null;
  read.free();
  const since = new Date(Date.now() - recentDays * 24 * 3_600_000).toISOString();
  return {
    tokens: tokens.length,
    since,
    recent: tokens.filter(({ at }) => at >= since).length,
    groups: groups.map((group, index) => {
      const { label } = data.labels.find(({ name }) => name === group.name) ?? {};
      return { ...group, ...(label !== undefined && { label }), via: vias?.[index] ?? null };
    }),
    more: false,
    former: [],
  };
}

export function changeLabels(data: LocalData, changes: readonly GroupLabelChange[]): void {
  const labels = new Map(data.labels.map(({ name, label }) => [name, label]));
  for (const { name, label } of changes) {
    if (label === null) labels.delete(name);
    else labels.set(name, label);
  }
  data.labels = [...labels].map(([name, label]) => ({ name, label })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

export function groupsOfUsers(data: LocalData, claim: ClaimOptions): ClaimUsers {
  return { users: tokensOf(data).map(({ claims }) => readGroups(claims, claim).groups) };
}

export function claimSought(data: LocalData, claim: ClaimOptions): ClaimSought {
  return suggestClaims(
    tokensOf(data).map(({ claims }) => claims),
    { claim },
  );
}

function tokensOf({ users }: LocalData) {
  return users.flatMap(({ claims }) => claims ?? []).toSorted((a, b) => (a.at < b.at ? 1 : -1));
}

function count(counter: Map<string, Seen>, name: string, at: string): void {
  const seen = counter.get(name);
  if (seen) seen.users += 1;
  else counter.set(name, { name, users: 1, lastSeen: at });
}

function commonestFirst(counter: Map<string, Seen>): Seen[] {
  return [...counter.values()].toSorted((a, b) => b.users - a.users || (a.name < b.name ? -1 : 1));
}
