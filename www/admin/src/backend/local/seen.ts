// Which claims of the last tokens groups can be read from, and which groups: what the settings are suggested from.

import { type ClaimOptions, readGroups, suggestClaims } from "idp-group-sync";
import type { ClaimSought, ClaimsSeen, ClaimUsers, GroupsSeen } from "../answers.js";
import type { LocalData } from "./data.js";

type Seen = ClaimsSeen["claims"][number];

export function claimsSeen(data: LocalData): ClaimsSeen {
  const tokens = tokensOf(data);
  const counter = new Map<string, Seen>();
  for (const { at, claims } of tokens) {
    for (const [name, value] of Object.entries(claims)) {
      // One number, such as a time, can be read and is hardly a group.
      if (typeof value === "number") continue;
      const { status } = readGroups(claims, name);
      if (status === "present" || status === "empty") count(counter, name, at);
    }
  }
  return { tokens: tokens.length, claims: commonestFirst(counter) };
}

export function groupsSeen(data: LocalData, claim: ClaimOptions): GroupsSeen {
  const tokens = tokensOf(data);
  const counter = new Map<string, Seen>();
  for (const { at, claims } of tokens) for (const group of readGroups(claims, claim).groups) count(counter, group, at);
  return { tokens: tokens.length, groups: commonestFirst(counter), more: false };
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
