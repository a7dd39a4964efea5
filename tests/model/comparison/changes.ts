// `Impact`, `diffMappings` and `runScenarios` against the model.

import { diffMappings, Impact, type MappingDiff, runScenarios } from "idp-group-sync";
import type { Change } from "../random/users.ts";
import { rolesOf } from "../rules/catalog.ts";
import { accessOf, changesBetween, choicesBetween, isSimple, triedGroups } from "../rules/comparing.ts";
import { accessAfter, impactOn, isReadable, scenarioDifferences } from "../rules/impact.ts";
import { count } from "./coverage.ts";
import { compare } from "./difference.ts";
import { configOf } from "./shape.ts";

export function compareChange({ before, after, users, scenarios }: Change): number {
  const given = () => ({ before: configOf(before), after: configOf(after), users });
  compare("impact", given, expected({ before, after, users }), measured({ before, after, users }));

  compareMappings({ before, after });

  const results = runScenarios(configOf(before), scenarios);
  for (const [place, scenario] of scenarios.entries()) {
    const different = scenarioDifferences(before, scenario);
    count(`scenario: ${different.length === 0 ? "passed" : `differs in ${different.join(", ")}`}`);
    const { name, passed, differences } = results[place];
    compare(
      "scenarios",
      () => ({ ...configOf(before), scenarios: [scenario] }),
      [{ name: scenario.name, passed: different.length === 0, different }],
      // A sentence begins with its field.
      [{ name, passed, different: differences.map((sentence) => sentence.split(":")[0]).sort() }],
    );
  }
  return users.length + scenarios.length;
}

function compareMappings({ before, after }: Pick<Change, "before" | "after">) {
  const choices = choicesBetween(before, after);
  for (const { field } of choices) count(`diff: ${field}`);
  const diff = diffMappings(configOf(before), configOf(after));
  const given = () => ({ before: configOf(before), after: configOf(after) });
  if (isSimple(before) && isSimple(after)) {
    const changes = changesBetween(before, after);
    for (const { kind, effect } of changes) count(`diff: ${kind} ${effect}`);
    const nothing = changes.length + choices.length === 0;
    if (nothing) count("diff: nothing changes");
    compare("diff", given, { changes, choices, nothing }, shapeOf(diff));
  } else {
    compare("diff", given, { choices }, { choices: diff.choices });
    for (const { kind, effect } of diff.changes) count(`diff: ${kind} ${effect} beside conditions`);
    if (diff.changes.length === 0 && !diff.incomplete) compareAlike({ before, after }, given);
  }

  // "`idpGroups` are the IdP groups of such a user."
  for (const { kind, idpGroup, idpGroups, without: _, ...rest } of diff.changes) {
    if (kind === "pattern" && idpGroups[0] === idpGroup) continue;
    const has = { before: accessOf(before, idpGroups), after: accessOf(after, idpGroups), effect: rest.effect };
    compare("diff", given, has, rest);
  }
}

/** Where nothing is reported, no set of IdP groups that the texts speak of comes out otherwise. */
function compareAlike({ before, after }: Pick<Change, "before" | "after">, given: () => object) {
  count("diff: alike beside conditions");
  for (const idpGroups of triedGroups(before, after)) {
    compare("diff", given, accessOf(before, idpGroups), accessOf(after, idpGroups));
  }
}

function shapeOf({ changes, choices, summary }: MappingDiff) {
  return {
    changes: changes.map(({ idpGroups, ...change }) => change),
    choices,
    nothing: summary === "nothing changes",
  };
}

function expected({ before, after, users }: Omit<Change, "scenarios">) {
  const readable = users.filter((user) => isReadable(before, after, user));
  const changes = readable.flatMap((user) => impactOn(before, after, user) ?? []);
  for (const { effect, topRoleLost, blocked } of changes) {
    count(`impact: ${effect}`);
    if (topRoleLost) count("impact: top role lost");
    for (const { guard } of blocked ?? []) count(`impact: blocked by ${guard}`);
  }
  if (readable.length > changes.length) count("impact: unchanged");
  const number = (effect: string) => changes.filter((change) => change.effect === effect).length;
  const having = (role: string, configuration: typeof before) =>
    readable.filter((user) => accessAfter(configuration, user).role === role).length;
  return {
    changes,
    summary: {
      users: readable.length,
      unchanged: readable.length - changes.length,
      denied: number("denied"),
      admitted: number("admitted"),
      gains: number("gains"),
      loses: number("loses"),
      changes: number("changes"),
      topRoleLost: changes.filter(({ topRoleLost }) => topRoleLost).length,
      // "`denied`, `loses` and `changes`".
      losers: number("denied") + number("loses") + number("changes"),
      roles: Object.fromEntries(
        rolesOf(before.catalog).map((role) => [role, { before: having(role, before), after: having(role, after) }]),
      ),
      faultyLines: users.flatMap((user, place) => (readable.includes(user) ? [] : [place + 1])),
      faultCount: users.length - readable.length,
    },
  };
}

function measured({ before, after, users }: Omit<Change, "scenarios">) {
  const impact = new Impact(configOf(before), configOf(after));
  const text = users.map((user) => JSON.stringify(user)).join("\n");
  const middle = Math.floor(text.length / 2);
  const changes = [...impact.push(text.slice(0, middle)), ...impact.push(text.slice(middle))];
  const { changes: last, summary } = impact.finish();
  const { faults, ...rest } = summary;
  return { changes: [...changes, ...last], summary: { ...rest, faultyLines: faults.map(({ line }) => line) } };
}
