// Whose next login would come out otherwise: the server's own comparison, over the people of the demo.

import type { InstanceSettings, LoginImpactSummary } from "idp-group-sync";
import { Comparison, type KnownLogin } from "../../../../../server/src/api/impact/comparison.ts";
import { workspacesOfLogin } from "../../../../../server/src/login/login-request.ts";
import { claimsOf } from "../../../../../server/src/login/unseen-claims.ts";
import type { ImpactEvent } from "../answers.js";
import { type LocalData, personOf } from "./data.js";
import { factsOf, unseenOf } from "./login.js";

/** People at a time; in between, the page gets to paint. */
const page = 8;

export async function* impactOf(
  data: LocalData,
  settings: InstanceSettings,
  signal: AbortSignal,
): AsyncGenerator<ImpactEvent> {
  const { before, workspaces, comparison } = prepare(data, settings);
  try {
    const logins = knownLogins(data, workspaces);
    const active = data.users.filter(({ status }) => status !== "archived");
    yield {
      type: "start",
      settingsVersion: data.versions.length,
      users: logins.length,
      withoutClaims: active.length - logins.length,
      workspaces: workspaces.map(({ id, name }) => ({ id, name })),
      groupSync: { before: before.enabled, after: settings.enabled },
    };
    for (let done = 0; done < logins.length; done += page) {
      yield* comparison.compare(logins.slice(done, done + page));
      yield { type: "progress", users: Math.min(done + page, logins.length) };
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
    }
    yield { type: "summary", totals: comparison.finish() };
  } finally {
    comparison.free();
  }
}

/** The totals alone. */
export function totalImpact(data: LocalData, settings: InstanceSettings): LoginImpactSummary {
  const { workspaces, comparison } = prepare(data, settings);
  try {
    for (const _ of comparison.compare(knownLogins(data, workspaces)));
    return comparison.finish();
  } finally {
    comparison.free();
  }
}

function prepare(data: LocalData, after: InstanceSettings) {
  const { workspaces, versions } = data;
  const before = versions.at(-1)?.settings;
  if (!before) throw new Error("the demo has no settings");
  const unseen = unseenOf(data, [...claimsOf(before), ...claimsOf(after)]);
  const listed = new Set([...before.workspaces, ...after.workspaces].map(({ id }) => id));
  const catalogs = Object.fromEntries(workspaces.map(({ id, catalog }) => [id, catalog]));
  return {
    before,
    workspaces: workspaces.filter(({ id }) => listed.has(id)),
    comparison: new Comparison(before, after, catalogs, unseen),
  };
}

function knownLogins(data: LocalData, listed: { id: string }[]): KnownLogin[] {
  const ids = listed.map(({ id }) => id);
  const existing = data.workspaces.map(({ id }) => id);
  return data.users.flatMap((user) => {
    if (user.status === "archived" || user.claims === null) return [];
    const facts = factsOf(data, user);
    const request = { ...facts, workspaces: workspacesOfLogin(facts.workspaces, ids, existing) };
    return { user: personOf(user), claims: JSON.stringify(user.claims.claims), request };
  });
}
