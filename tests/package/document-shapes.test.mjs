// Memberships, settings, commands, requests and scenarios of a wrong shape: each is refused with its exact path, and a sentence
// that says what was expected and what was found.

import { test } from "node:test";
import { applyCommand, defaultSettings, effectiveSettings, GroupSync, LoginSync, runScenarios } from "idp-group-sync";
import { refused } from "./support/refused.mjs";

const config = { mapping: "", claim: "groups", catalog: { groups: [{ name: "a" }] } };
const stored = { ...defaultSettings("main"), enabled: true };
const admin = { superAdmin: true };
const sync = new GroupSync(config);

const plan = (given, options, path, message) => {
  refused(() => sync.plan({}, given, options), path, message);
  refused(() => sync.planGroups([], given, options), path, message);
};

test("memberships", () => {
  const membership = (given, path, message) => plan(given, undefined, path, message);
  membership(undefined, "membership", "this argument is required, and missing");
  membership(null, "membership", "expected an object, found null");
  membership("admin", "membership", "expected an object, found the string `admin`");
  membership({ role: null }, "membership.groups", "this field is required, and missing");
  membership({ role: 7, groups: [] }, "membership.role", "expected a string, found a number");
  membership({ groups: {} }, "membership.groups", "expected an array, found an object");
  membership({ groups: ["a"] }, "membership.groups[0]", "expected an object, found the string `a`");
  membership(
    { groups: [{ name: "a" }, { grantedBy: "sync" }] },
    "membership.groups[1].name",
    "this field is required, and missing",
  );
  membership(
    { groups: [{ name: "a", grantedBy: "robot" }] },
    "membership.groups[0].grantedBy",
    "expected `sync` or `manual`, found `robot`",
  );
  membership(
    { groups: [], role_granted_by: "sync" },
    "membership.role_granted_by",
    "there is no such field; expected `role`, `roleGrantedBy`, `roleProvider` or `groups`",
  );
  membership(
    { role: "boss", groups: [] },
    "membership.role",
    "`boss` is not a role; the roles are `end-user`, `builder`, `admin`",
  );
});

test("guards", () => {
  const options = (given, path, message) => plan({ groups: [] }, given, path, message);
  options([], "options", "expected an object, found an array");
  options(
    { guards: { lastadmin: true } },
    "options.guards.lastadmin",
    "there is no such field; expected `lastAdmin`, `lastIn` or `seats`",
  );
  options({ guards: { lastAdmin: 1 } }, "options.guards.lastAdmin", "expected true or false, found a number");
  options({ guards: { seats: { roles: [] } } }, "options.guards.seats.roles", "expected an object, found an array");
  options(
    { guards: { seats: { roles: { "a b": { used: 0 } } } } },
    'options.guards.seats.roles["a b"].limit',
    "this field is required, and missing",
  );
  options(
    { guards: { seats: { roles: { boss: { used: 0, limit: 1 } } } } },
    "options.guards.seats.roles",
    "`boss` is not a role",
  );
});

test("settings", () => {
  const settings = (changes, path, message) => {
    const document = { ...stored, ...changes };
    refused(() => effectiveSettings(document, "main"), path, message);
    refused(() => applyCommand(document, { type: "enable" }, admin), path, message);
    refused(() => new LoginSync(document, {}), path, message);
  };
  settings({ enabled: 1 }, "settings.enabled", "expected true or false, found a number");
  settings({ mapping: undefined }, "settings.mapping", "this field is required, and missing");
  settings(
    { policy: { removal: "some" } },
    "settings.policy.removal",
    "expected `all`, `synced`, `mapped` or `none`, found `some`",
  );
  settings(
    { colour: "red" },
    "settings.colour",
    "there is no such field; expected `version`, `enabled`, `claim`, `mapping`, `policy`, `defaultWorkspace` or `workspaces`",
  );
  settings({ version: 2 }, "settings.version", "version 2 is not one that is understood, which is 1");
  settings(
    {
      workspaces: [
        { id: "main", enabled: true },
        { id: "main", enabled: true },
      ],
    },
    "settings.workspaces[1].id",
    "the workspace `main` is listed already",
  );
  settings(
    { workspaces: [{ id: "main", enabled: true, claim: { name: "" } }] },
    "settings.workspaces[0].claim.name",
    "the claim name is empty",
  );
  settings(
    { defaultWorkspace: "team" },
    "settings.defaultWorkspace",
    "the default workspace `team` is not in the list",
  );
  refused(() => defaultSettings(), "defaultWorkspace", "this argument is required, and missing");
  refused(() => defaultSettings(7), "defaultWorkspace", "expected a string, found a number");
  refused(() => effectiveSettings(stored, "team"), "workspace", "there is no workspace `team` in the list");
});

test("commands", () => {
  const command = (given, path, message) => refused(() => applyCommand(stored, given, admin), path, message);
  command(undefined, "command", "this argument is required, and missing");
  command("enable", "command", "expected an object, found the string `enable`");
  command({}, "command.type", "this field is required, and missing");
  command(
    { type: "inherit", workspace: "main", field: "enabled" },
    "command.field",
    "expected `claim`, `mapping` or `policy`, found `enabled`",
  );
  command(
    { type: "set-claim", claim: { name: "a", item: "first" } },
    "command.claim.item",
    "expected `text`, `key`, `flag`, `last-path-segment`, `ldap-cn`, `ldap-ou` or an object with a `field`, found `first`",
  );
  command(
    { type: "remove-workspace", workspace: "main", confirmed: "yes" },
    "command.confirmed",
    "expected true or false, found the string `yes`",
  );
  const actor = (given, path, message) => refused(() => applyCommand(stored, { type: "enable" }, given), path, message);
  actor(undefined, "actor", "this argument is required, and missing");
  actor({}, "actor.superAdmin", "this field is required, and missing");
  actor({ superAdmin: true, id: "ada" }, "actor.id", "there is no such field; expected `superAdmin`");
});

test("catalogs of workspaces", () => {
  const catalogs = (given, path, message) => refused(() => new LoginSync(stored, given), path, message);
  catalogs(undefined, "catalogs", "this argument is required, and missing");
  catalogs([], "catalogs", "expected an object, found an array");
  catalogs({ main: null }, "catalogs.main", "expected an object, found null");
  catalogs({ main: {} }, "catalogs.main.groups", "this field is required, and missing");
  catalogs(
    { "my space": { groups: [{ name: "a", requires: "boss" }] } },
    'catalogs["my space"].groups[0].requires',
    "`boss` is not a role; the roles are `end-user`, `builder`, `admin`",
  );
});

test("requests", () => {
  const login = new LoginSync(stored, { main: { groups: [] } });
  const licence = { status: "active", features: { sso: true, groupSync: true } };
  const valid = { method: "oidc", claims: {}, user: { exists: true }, workspaces: [], licence };
  const request = (changes, path, message) => refused(() => login.decide({ ...valid, ...changes }), path, message);
  refused(() => login.decide(), "request", "this argument is required, and missing");
  request({ method: undefined }, "request.method", "this field is required, and missing");
  request({ user: {} }, "request.user.exists", "this field is required, and missing");
  request(
    { user: { exists: true, status: "gone" } },
    "request.user.status",
    "expected `active`, `invited` or `archived`, found `gone`",
  );
  request(
    { licence: { status: "active", features: { sso: true } } },
    "request.licence.features.groupSync",
    "this field is required, and missing",
  );
  request({ workspaces: [{ id: "main" }] }, "request.workspaces[0].member", "this field is required, and missing");
  request(
    { workspaces: [{ id: "main", member: "active", membership: { groups: ["a"] } }] },
    "request.workspaces[0].membership.groups[0]",
    "expected an object, found the string `a`",
  );
  request({ claims: [] }, "request.claims", "the claims are an array, not an object");
  request({ claims: null }, "request.claims", "a login by `oidc` needs the token's claims, or the user's groups");
  request({ claims: { a: [new Map()] } }, "request.claims.a[0]", "expected a plain object, found a Map");
});

test("scenarios", () => {
  const scenarios = (given, path, message) => refused(() => runScenarios(config, given), path, message);
  scenarios(undefined, "scenarios", "this argument is required, and missing");
  scenarios({}, "scenarios", "expected an array, found an object");
  scenarios([7], "scenarios[0]", "expected an object, found a number");
  scenarios([{ groups: [], expect: {} }], "scenarios[0].name", "this field is required, and missing");
  scenarios([{ name: "a", groups: [] }], "scenarios[0].expect", "this field is required, and missing");
  scenarios([{ name: "a", expect: {} }], "scenarios[0]", "needs `claims` or `groups`");
  scenarios(
    [{ name: "a", groups: [], expect: { outcome: "allow" } }],
    "scenarios[0].expect.outcome",
    "expected `resolved`, `no-match`, `keep` or `deny`, found `allow`",
  );
  scenarios(
    [{ name: "a", claims: {}, groups: [], expect: {} }],
    "scenarios[0]",
    "has both `claims` and `groups`; give one of them",
  );
  const incomplete = { mapping: "", claim: "groups" };
  refused(() => runScenarios(incomplete, []), "config.catalog", "this field is required, and missing");
});
