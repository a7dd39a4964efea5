// What there is to look at from the start: sign-ins of the past days, scenarios and guarantees, a workspace to add, and a lockout to try.

import { randomUUID } from "node:crypto";
import type { Guarantee, Scenario, SettingsCommand } from "idp-group-sync";
import type { Database } from "../database/schema.ts";
import { Engines } from "../login/engines.ts";
import { syncLogin } from "../login/sync-login.ts";
import { saveScenarios } from "../settings/scenarios.ts";
import { changeSettings, currentSettings } from "../settings/versions.ts";
import { accounts, claimsOf } from "./accounts.ts";

const scenarios: Scenario[] = [
  { name: "Marketing does not build", groups: ["Marketing Team"], expect: { role: "end-user", groups: ["marketing"] } },
  { name: "Operators build", groups: ["operators"], expect: { role: "builder", groups: ["operators"] } },
  { name: "Whoever has no groups gets in", claims: { groups: [] }, expect: { outcome: "no-match" } },
];

const guarantees: Guarantee[] = [
  {
    name: "Only admins and platform owners become admins",
    only: { role: "admin", groups: ["admin", "Platform Owners"] },
  },
];

/** Without it, nobody of the platform's owners is an admin any more. */
export const lockoutToTry = "Platform Owners -> admin";

/** Whoever is refused, has a token that is too much to look at, or is still to take an invitation. */
const notSignedIn = new Set(["dee", "lars", "arne", "ivy"]);

export async function demonstrate(database: Database, issuer: URL, superAdmin: number): Promise<void> {
  await database.insertInto("workspaces").values({ id: "lab", name: "Laboratory" }).execute();
  await database
    .insertInto("groups")
    .values({ workspace_id: "lab", name: "researchers", requires: "builder" })
    .execute();
  const { version: seen, settings } = await currentSettings(database);
  const mapping = `${settings.mapping}\n${lockoutToTry}`;
  const actor = { id: superAdmin, superAdmin: true };
  const commands: SettingsCommand[] = [{ type: "set-mapping", mapping }];
  const { status } = await changeSettings(database, { seen, commands, actor, review: async () => null });
  if (status !== "saved") throw new Error(`the settings of the demonstration are not taken: ${status}`);
  await saveScenarios(database, null, { version: 0, scenarios, guarantees }, superAdmin);
  const engines = new Engines();
  const people = accounts.filter(({ subject }) => !notSignedIn.has(subject));
  for (const [index, account] of people.entries()) {
    const now = new Date(Date.now() - (people.length - index) * 5 * 3_600_000);
    const proof = { method: "oidc" as const, issuer: issuer.href.replace(/\/$/, ""), claims: claimsOf(account) };
    await syncLogin({ database, engines, hasIdentityProvider: true, now, requestId: randomUUID() }, proof);
  }
}
