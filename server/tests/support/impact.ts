// What an instance foretells of unsaved settings.

import assert from "node:assert/strict";
import type { InstanceSettings, LoginImpactSummary, SettingsCommand } from "idp-group-sync";
import type { Static } from "typebox";
import type { ImpactEvent } from "../../src/api/schemas/trying-out.ts";
import { runCommands } from "../../src/settings/commands.ts";
import type { Api } from "./api.ts";

type Event = Static<typeof ImpactEvent>;

export async function impactOf(api: Api, settings: InstanceSettings) {
  const { status, text } = await api.ask("POST", "/impact", { settings });
  assert.equal(status, 200, text);
  const events: Event[] = text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));
  const all = <Type extends Event["type"]>(type: Type) =>
    events.filter((event): event is Extract<Event, { type: Type }> => event.type === type);
  const [[start], [summary]] = [all("start"), all("summary")];
  assert.ok(start && summary && events.at(-1) === summary, text);
  const totals: LoginImpactSummary = summary.totals;
  return {
    start,
    changes: all("change"),
    logins: all("login"),
    progress: all("progress").map(({ users }) => users),
    totals,
  };
}

/** The stored settings after these commands. */
export async function changedBy(api: Api, ...commands: SettingsCommand[]): Promise<InstanceSettings> {
  const result = runCommands((await api.get("/settings")).settings, commands, { superAdmin: true });
  assert.ok(result.status === "applied");
  return result.settings;
}
