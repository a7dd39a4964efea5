// Who would gain or lose what: the server's own comparison, over the people of the demo.

import type { InstanceSettings } from "idp-group-sync";
import { Comparison } from "../../../../../examples/login-server/src/api/impact/comparison.ts";
import {
  configurationsOf,
  storedConfigurationsOf,
} from "../../../../../examples/login-server/src/api/impact/configurations.ts";
import type { ImpactEvent } from "../answers.js";
import type { LocalData } from "./data.js";

/** People at a time; in between, the page gets to paint. */
const page = 8;

export async function* impactOf(
  { users, workspaces, versions }: LocalData,
  settings: InstanceSettings,
  signal: AbortSignal,
): AsyncGenerator<ImpactEvent> {
  const stored = versions.at(-1)?.settings;
  if (!stored) throw new Error("the demo has no settings");
  const listed = new Set([...stored.workspaces, ...settings.workspaces].map(({ id }) => id));
  const unaffected: string[] = [];
  const comparisons: Comparison[] = [];
  for (const { id, catalog } of workspaces.filter((workspace) => listed.has(workspace.id))) {
    const before = storedConfigurationsOf(stored, id, catalog);
    const after = configurationsOf(settings, id, catalog);
    if (JSON.stringify(before) === JSON.stringify(after)) unaffected.push(id);
    else comparisons.push(new Comparison(id, before, after));
  }
  try {
    const active = users.filter(({ status }) => status !== "archived");
    const known = active.filter(({ claims }) => claims !== null);
    yield {
      type: "start",
      settingsVersion: versions.length,
      users: known.length,
      withoutClaims: active.length - known.length,
      workspaces: workspaces.filter(({ id }) => comparisons.some(({ workspace }) => workspace === id)),
      unaffected,
    };
    for (let done = 0; done < known.length && comparisons.length > 0; done += page) {
      const some = known.slice(done, done + page).map(({ id, name, email, claims, memberships }) => {
        return {
          id,
          name,
          email,
          emailVerified: true,
          claims: JSON.stringify(claims?.claims),
          memberships: new Map(Object.entries(memberships)),
        };
      });
      for (const comparison of comparisons) yield* comparison.compare(some);
      yield { type: "progress", users: Math.min(done + page, known.length) };
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
    }
    yield { type: "summary", workspaces: comparisons.map((comparison) => comparison.finish()) };
  } finally {
    for (const comparison of comparisons) comparison.free();
  }
}
