// What calls return: plain objects with exactly the documented properties, in their order, nothing empty, and offsets that count
// UTF-16 code units whatever stands in the text.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  applyCommand,
  checkMapping,
  completeMapping,
  defaultSettings,
  GroupSync,
  Impact,
  LoginImpact,
  LoginSync,
  parseMapping,
  runScenarios,
} from "idp-group-sync";

const config = { mapping: "x -> a", claim: "groups", catalog: { groups: [{ name: "a" }] } };
const nobody = { role: null, groups: [] };
const admin = { superAdmin: true };
const licence = { status: "active", features: { sso: true, groupSync: true } };

/** The properties of a plain object in their order. */
function keys(object) {
  assert.equal(Object.getPrototypeOf(object), Object.prototype);
  return Object.keys(object).join(",");
}

describe("properties", () => {
  test("of resolutions", () => {
    const sync = new GroupSync({ ...config, mapping: "x -> y" });
    const resolution = sync.resolve({ groups: ["a", "x", "A"] });
    assert.equal(keys(resolution), "claim,outcome,role,roleReasons,groups,matches,unmet,diagnostics");
    assert.equal(keys(resolution.matches[0].grants[0]), "target,kind");
    assert.equal(keys(resolution.matches[1].grants[0]), "target,kind,entry");
    assert.equal(keys(resolution.roleReasons[0]), "kind");
    const [diagnostic] = sync.resolve({}).claim.diagnostics;
    assert.equal(keys(diagnostic), "code,severity,message,params,fixes");
    keys(diagnostic.params);
    const keeping = new GroupSync({ ...config, policy: { missingClaim: "keep" } });
    assert.equal(keeping.resolve({}).role, null, "a role that nobody has is null, not left out");
  });

  test("of plans", () => {
    const sync = new GroupSync(config);
    const plan = sync.plan({ groups: ["x"] }, nobody);
    assert.equal(keys(plan), "status,role,join,leave,keep,blocked,resolution");
    assert.equal(keys(plan.role), "from,to");
    assert.equal(plan.role.from, null, "a role that nobody has is null, not left out");
    assert.equal(keys(plan.resolution), "claim,outcome,role,roleReasons,groups,matches,unmet,diagnostics");
    const kept = sync.plan({ groups: true }, nobody);
    assert.equal(keys(kept), "status,reason,role,join,leave,keep,blocked,resolution");
    const blocked = sync.planGroups([], { role: "admin", groups: [] }, { guards: { lastAdmin: true } });
    assert.equal(keys(blocked.blocked[0]), "change,name,guard");
  });

  test("of settings and what comes of commands", () => {
    const settings = defaultSettings("main");
    assert.equal(keys(settings), "version,enabled,claim,mapping,policy,defaultWorkspace,workspaces");
    assert.equal(keys(settings.policy), "", "what nobody chose is not stored");
    assert.equal(keys(settings.workspaces[0]), "id,enabled");
    assert.equal(settings.version, 1);

    const change = (command, to = settings) => applyCommand(to, command, admin);
    assert.equal(keys(change({ type: "enable" })), "status,settings,diagnostics");
    const added = change({ type: "add-workspace", workspace: "team" }).settings;
    assert.equal(keys(added.workspaces[1]), "id,enabled");
    const asked = change({ type: "remove-workspace", workspace: "team" }, added);
    assert.equal(keys(asked), "status,warning,diagnostics");
    const rejected = change({ type: "set-mapping", mapping: "a => b" });
    assert.equal(keys(rejected), "status,code,message,diagnostics");
    assert.equal(keys(rejected.diagnostics[0]), "code,severity,message,params,span,help,fixes");
    const chosen = change({ type: "set-policy", policy: { matchByName: "groups-only", removal: null } });
    assert.equal(keys(chosen.settings.policy), "matchByName");
  });

  test("of logins", () => {
    const sync = new LoginSync(defaultSettings("main"), {});
    const workspaces = [{ id: "main", member: "active" }];
    const decide = (exists) => sync.decide({ method: "password", user: { exists }, workspaces, licence });
    const allowed = decide(true);
    assert.equal(keys(allowed), "allowed,workspaces,diagnostics");
    assert.equal(keys(allowed.workspaces[0]), "id,plan");
    assert.equal(keys(allowed.workspaces[0].plan), "status,reason,role,join,leave,keep,blocked,resolution");
    assert.equal(keys(decide(false)), "allowed,reason,message,workspaces,diagnostics");
  });

  test("of comparisons", () => {
    const impact = new Impact({ ...config, mapping: "", policy: { noMatch: "deny" } }, config);
    const [change] = impact.push('{ "id": "ada", "groups": ["x"] }\n{}');
    assert.equal(keys(change), "id,effect,before,after");
    assert.equal(keys(change.before), "role,groups,denied");
    assert.equal(keys(change.after), "role,groups");
    assert.equal(change.before.role, null);
    const end = impact.finish();
    assert.equal(keys(end), "changes,summary");
    const totals = "users,unchanged,denied,admitted,gains,loses,changes,topRoleLost,roles,losers,faults,faultCount";
    assert.equal(keys(end.summary), totals);
    assert.equal(keys(end.summary.roles.admin), "before,after");
    assert.equal(keys(end.summary.faults[0]), "line,message");
    assert.equal(end.summary.users, 1);
  });

  test("of comparisons of logins", () => {
    const settings = { ...defaultSettings("main"), enabled: true, mapping: "it -> admin" };
    const side = (policy) => ({ settings: { ...settings, policy }, catalogs: { main: { groups: [] } } });
    const impact = new LoginImpact(side({ noMatch: "keep" }), side({ noMatch: "deny", matchByName: false }));
    const workspaces = [{ id: "main", member: "active", membership: { role: "admin", groups: [] } }];
    const ada = { id: "ada", method: "oidc", claims: { groups: [] }, user: { exists: true }, licence, workspaces };
    const [change] = impact.push(`${JSON.stringify(ada)}\n{}`);
    assert.equal(keys(change), "id,refused,workspaces");
    assert.equal(keys(change.refused), "after");
    assert.equal(keys(change.workspaces[0]), "id,member,effect,before,after,topRoleLost");
    const { summary } = impact.finish();
    const totals =
      "users,unchanged,refused,readmitted,denied,topRoleLost,toConfirm,nowhere,losers,workspaces,faults,faultCount";
    assert.equal(keys(summary), totals);
    const perWorkspace = "id,unchanged,denied,admitted,gains,loses,changes,topRoleLost,roles";
    assert.equal(keys(summary.workspaces[0]), perWorkspace);
    assert.equal(summary.toConfirm, 1);
  });

  test("of expectations", () => {
    const [result] = runScenarios(config, [{ name: "a", groups: [], expect: { role: "admin" } }]);
    assert.equal(keys(result), "name,passed,differences,resolution");
  });
});

describe("offsets", () => {
  test("an emoji counts two", () => {
    const { entries, diagnostics } = parseMapping('😀 -> é\r\n"ü,😀" -> *');
    assert.deepEqual(entries[0].source.span, { start: 0, end: 2, line: 1, column: 1 });
    assert.deepEqual(entries[0].target.span, { start: 6, end: 7, line: 1, column: 7 });
    assert.equal(diagnostics[0].code, "capture-without-pattern");
    assert.deepEqual(diagnostics[0].span, { start: 19, end: 20, line: 2, column: 11 });
  });

  test("a lone surrogate counts one", () => {
    // It stands as U+FFFD in the results, which has the same length.
    const text = "\ud800a -> b, \udc00 => c";
    const { entries, diagnostics } = parseMapping(text);
    assert.equal(entries[0].source.text, "\ufffda");
    assert.deepEqual(entries[0].target.span, { start: 6, end: 7, line: 1, column: 7 });
    assert.deepEqual(diagnostics[0].fixes[0].edits, [{ start: 10, end: 14, text: " -> " }]);
    assert.ok(checkMapping(text, { groups: [] }).length > 1);
  });

  test("a cursor counts the same", () => {
    const catalog = { groups: [{ name: "sälés" }] };
    const complete = (offset) => completeMapping("😀 -> sä, b", offset, catalog, ["blue"]);
    assert.deepEqual(complete(8)[0].edit, { start: 6, end: 8, text: "sälés" });
    const atTheEnd = complete(11);
    assert.equal(atTheEnd[0].label, "blue");
    for (const past of [12, 2 ** 32, Number.MAX_SAFE_INTEGER, 1e300]) assert.deepEqual(complete(past), atTheEnd);
    // Inside the emoji is before it.
    assert.deepEqual(complete(1), complete(0));
  });
});
