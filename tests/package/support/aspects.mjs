// What a case looks at, computed with the package.

import assert from "node:assert/strict";
import { commandsOf, configOf, cursorOf, mappingOf } from "./given.mjs";
import { impact } from "./impact.mjs";
import { readable } from "./readable.mjs";

/** One aspect of what comes of a case, with its spans as the text and place that they stand for. */
export function compute(aspect, given, groupSync) {
  return readable(aspect, given, aspects[aspect](given, groupSync));
}

const aspects = {
  parse: (given, { parseMapping }) => parseMapping(mappingOf(given)),
  check(given, { checkMapping, inspectMapping, parseMapping }) {
    const { mapping, catalog, policy } = configOf(given);
    const diagnostics = checkMapping(mapping, catalog, policy, given.idpGroups);
    const { entries } = parseMapping(mapping);
    assert.deepEqual(inspectMapping(mapping, catalog, policy, given.idpGroups), { entries, diagnostics });
    return diagnostics;
  },
  format: (given, { formatMapping }) => formatMapping(mappingOf(given)),
  formatFile: (given, { formatMapping }) => formatMapping(mappingOf(given), "file"),
  formatInline: (given, { formatMapping }) => formatMapping(mappingOf(given), "inline"),
  claim: (given, { readGroups }) => readGroups(given.claims, configOf(given).claim),
  merged: ({ idToken, userInfo }, { mergeClaims }) => mergeClaims(idToken, userInfo),
  suggestions: ({ tokens, claim }, { suggestClaims }) => suggestClaims(tokens, { claim }),
  completions(given, { completeMapping }) {
    const { mapping, catalog } = configOf(given);
    return completeMapping(mapping, cursorOf(given), catalog, given.idpGroups);
  },
  added: (given, { addEntries }) => addEntries(mappingOf(given), given.entries),
  imported: ({ import: text, from }, { importMapping }) => importMapping(text, { from }),
  merge: ({ base, mine, theirs }, { mergeMappings }) => mergeMappings(base, mine, theirs),
  diff: ({ before, after }, { diffMappings }) => diffMappings(configOf(before), configOf(after)),
  resolution(given, { GroupSync }) {
    const { claims, groups, options } = given;
    return used(new GroupSync(configOf(given)), (sync) =>
      groups === undefined ? sync.resolve(claims, options) : sync.resolveGroups(groups, options),
    );
  },
  plan: (given, { GroupSync }) => plans(given, GroupSync)[0],
  replan: (given, { GroupSync }) => plans(given, GroupSync)[1],
  change(given, { applyCommand, defaultSettings }) {
    const { settings = defaultSettings("main"), actor = { superAdmin: true } } = given;
    const commands = commandsOf(given);
    const before = commands.slice(0, -1).reduce((changed, command) => {
      const { status, settings } = applyCommand(changed, command, actor);
      if (status !== "applied") throw new Error(`${JSON.stringify(command)} was ${status}`);
      return settings;
    }, settings);
    return applyCommand(before, commands.at(-1), actor);
  },
  effective({ settings, workspace = "main" }, { defaultSettings, effectiveSettings }) {
    return effectiveSettings(settings ?? defaultSettings("main"), workspace);
  },
  settingsDiff: ({ settings, later }, { defaultSettings, diffSettings }) =>
    diffSettings(settings ?? defaultSettings("main"), later),
  settingsFile: ({ file }, { readSettingsFile }) => readSettingsFile(file),
  login({ settings, catalogs = {}, request }, { defaultSettings, LoginSync }) {
    return used(new LoginSync(settings ?? defaultSettings("main"), catalogs), (login) => login.decide(request));
  },
  reconcile({ settings, catalogs = {}, request }, { defaultSettings, LoginSync }) {
    return used(new LoginSync(settings ?? defaultSettings("main"), catalogs), (login) => login.reconcile(request));
  },
  impact: ({ before, after, brake, ...given }, { Impact }) =>
    impact(given, () => new Impact(configOf(before), configOf(after), brake)),
  loginImpact: ({ before, after, brake, ...given }, { LoginImpact }) =>
    impact(given, () => new LoginImpact(before, after, brake)),
  reconciliation: ({ settings, catalogs = {}, brake, ...given }, { Reconciliation }) =>
    impact(given, () => new Reconciliation({ settings, catalogs }, brake)),
  mergedSummary: ({ summaries, brake }, { mergeSummaries }) => mergeSummaries(summaries, brake),
  scenarios: (given, { runScenarios }) => runScenarios(configOf(given), given.scenarios),
  guarantees: (given, { proveGuarantees }) => proveGuarantees(configOf(given), given.guarantees),
  error(given, groupSync) {
    try {
      aspects[aspectOf(given)](given, groupSync);
    } catch (error) {
      if (!(error instanceof groupSync.GroupSyncError)) throw error;
      return { code: error.code, path: error.path ?? null, message: error.problem, diagnostics: error.diagnostics };
    }
    throw new Error("nothing was thrown");
  },
};

/** What a case gives the input for. */
function aspectOf(given) {
  if (given.before?.settings !== undefined) return "loginImpact";
  if ("settings" in given && "users" in given) return "reconciliation";
  if ("summaries" in given) return "mergedSummary";
  if ("users" in given || "chunks" in given) return "impact";
  if ("scenarios" in given) return "scenarios";
  if ("guarantees" in given) return "guarantees";
  if ("file" in given) return "settingsFile";
  if ("before" in given) return "diff";
  if ("mine" in given) return "merge";
  if ("import" in given) return "imported";
  if ("entries" in given) return "added";
  if ("request" in given) return given.request?.directory !== undefined ? "reconcile" : "login";
  if ("command" in given || "commands" in given) return "change";
  if ("settings" in given) return "effective";
  if ("membership" in given) return "plan";
  if ("idToken" in given) return "merged";
  return "tokens" in given ? "suggestions" : "resolution";
}

/** The plan, and the one that follows once it is carried out. */
function plans(given, GroupSync) {
  const { claims, groups, membership, options } = given;
  return used(new GroupSync(configOf(given)), (sync) => {
    const plan = (present) =>
      groups === undefined ? sync.plan(claims, present, options) : sync.planGroups(groups, present, options);
    const first = plan(membership);
    const kept = membership.groups.filter(({ name }) => first.keep.includes(name));
    const { role, join, provider } = first;
    const joined = join.map((name) => ({ name, grantedBy: "sync", provider }));
    const synced = { roleGrantedBy: "sync", roleProvider: provider };
    const roleGiver = role.from === role.to ? membership : synced;
    return [first, plan({ ...membership, ...roleGiver, role: role.to, groups: [...kept, ...joined] })];
  });
}

/** What `work` gives; the object is freed after it, as by `using`, which the oldest Node has not. */
function used(object, work) {
  try {
    return work(object);
  } finally {
    object.free();
  }
}
