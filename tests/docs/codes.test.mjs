// Every code that a plan, a login or a rejected command has in the shared cases is described in the guides, and the words that
// people are shown are those of the guide.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { defaultSettings, LoginSync } from "idp-group-sync";
import { root } from "../../scripts/setup/place.mjs";

const read = (...path) => readFileSync(join(root, ...path), "utf8");
const folder = join("tests", "cases");
const expectations = readdirSync(join(root, folder))
  .filter((file) => file.endsWith(".json"))
  .flatMap((file) => JSON.parse(read(folder, file)).cases ?? [])
  .map(({ expect }) => expect);

/** The codes in the first column of the tables of a section; with `column`, those of another. */
function codesIn(page, heading, column = 0) {
  const [, section] = read("docs", page).split(`\n${heading}\n`);
  const [text] = section.split(/^#/m);
  const cells = text.split("\n").map((line) => line.split(" | ")[column] ?? "");
  return new Set(
    cells.map((cell) => cell.match(/^(?:\| )?\[?`([a-z]+(?:-[a-z]+)+|archived|exempt)`/)?.[1]).filter(Boolean),
  );
}

const plans = expectations.flatMap(({ plan, replan, login }) => [
  ...[plan, replan].filter(Boolean),
  ...(login?.workspaces ?? []).map((workspace) => workspace.plan).filter(Boolean),
]);

/** Asserts that all of `codes`, of which there are some, are among the described ones. */
function assertDescribed(codes, described) {
  const found = new Set(codes.filter(Boolean));
  assert.ok(found.size > 0);
  assert.deepEqual(
    [...found].filter((code) => !described.has(code)),
    [],
  );
}

test("docs/planning.md describes the reasons of plans", () => {
  assertDescribed(
    plans.map(({ reason }) => reason),
    codesIn("planning.md", "## Reasons"),
  );
});

test("docs/login.md describes the refusals of logins", () => {
  const refusals = expectations.map(({ login }) => login?.reason);
  assertDescribed(refusals, codesIn("login.md", "## The steps", 1));
});

test("docs/login.md says when a workspace is skipped", () => {
  // What a plan says by itself, at a login as elsewhere.
  const ofPlans = /^(no-match|claim-|required-group|first-login-only)/;
  const ofLogins = [...codesIn("planning.md", "## Reasons")].filter((code) => !ofPlans.test(code));
  assertDescribed(ofLogins, codesIn("login.md", "## Each workspace", 2));
});

test("docs/settings.md describes the rejections of commands", () => {
  const rejections = expectations.map(({ change }) => change?.code);
  assertDescribed(rejections, codesIn("settings.md", "### Rejections"));
});

test("docs/login.md has the words that people are shown", () => {
  const settings = { ...defaultSettings("main"), enabled: true, policy: { noMatch: "deny" } };
  const sync = new LoginSync(settings, { main: { groups: [] } });
  const request = {
    method: "oidc",
    claims: {},
    user: { exists: true },
    licence: { status: "active", features: { sso: true, groupSync: true } },
    workspaces: [{ id: "main", member: "active", membership: { role: "builder", groups: [] } }],
  };
  const expired = { ...request.licence, status: "expired" };
  const full = { ...request.licence, seats: { total: { used: 1, limit: 1 } } };
  const refusals = [
    { user: { exists: true, status: "archived" } },
    { method: "password", passwordLogin: false },
    { method: "password", user: { exists: false } },
    { licence: expired },
    { licence: expired, passwordLogin: false },
    { user: { exists: false }, signup: false },
    { user: { exists: false }, licence: full },
    {},
  ].map((change) => sync.decide({ ...request, ...change }));
  const rows = read("docs", "login.md").split("\n");
  for (const { reason, message } of refusals) {
    const row = rows.find((line) => line.includes(`| \`${reason}\``) && line.endsWith(`| ${message} |`));
    assert.ok(row, `${reason}: ${message}`);
  }
  assert.deepEqual(new Set(refusals.map(({ reason }) => reason)), codesIn("login.md", "## The steps", 1));
});
