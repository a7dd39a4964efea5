// Every form of a page can be sent, however many there are and whatever the browser has kept.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type RunningServer, runningServer } from "./support/running-server.ts";

const workspaces = ["main", "lab", "attic"];

let running: RunningServer;
before(async () => {
  running = await runningServer();
  for (const workspace of workspaces.slice(1)) await running.instance.addGroup(workspace, "everyone");
});
after(() => running.close());

/** Somebody who is invited to several workspaces, with a browser that keeps the session and nothing else. */
async function invited(subject: string) {
  const { database } = running.instance;
  const browser = running.newBrowser();
  await running.signIn(browser, { sub: subject, groups: [] });
  const { id } = await database
    .selectFrom("users")
    .select("id")
    .where("subject", "=", subject)
    .executeTakeFirstOrThrow();
  await database
    .insertInto("memberships")
    .values(workspaces.map((workspace_id) => ({ user_id: id, workspace_id, role: "end-user", status: "invited" })))
    .onConflict((conflict) => conflict.columns(["user_id", "workspace_id"]).doUpdateSet({ status: "invited" }))
    .execute();
  const session = browser.cookies.get("session");
  assert.ok(session);
  browser.cookies.clear();
  browser.cookies.set("session", session);
  return browser;
}

/** The forms of a page, in its order. */
function formsOf(body: string): { action: string; fields: Record<string, string> }[] {
  return [...body.matchAll(/<form method="post" action="([^"]*)">(.*?)<\/form>/gs)].map(
    ([, action = "", inner = ""]) => ({
      action,
      fields: Object.fromEntries(
        [...inner.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name, value]) => [
          name,
          value,
        ]),
      ),
    }),
  );
}

test("each form of a page that sets the secret can be sent", async () => {
  const browser = await invited("ivy");
  const page = await browser.get("/");
  assert.equal(page.cookies.filter(({ name }) => name === "csrf").length, 1);
  const forms = formsOf(page.body);
  assert.deepEqual(
    forms.map(({ action }) => action),
    ["/sign-out", ...workspaces.map(() => "/invitations/accept")],
  );
  for (const { action, fields } of forms.toReversed()) {
    const { statusCode, headers } = await browser.send(action, fields);
    assert.deepEqual([statusCode, headers.location], [303, action === "/sign-out" ? "/sign-in?signed-out" : "/"]);
  }
});

test("a sign-in brings the secret, so pages that load at once share it", async () => {
  const browser = running.newBrowser();
  await running.signIn(browser, { sub: "eve", groups: [] });
  const secret = browser.cookies.get("csrf");
  assert.ok(secret);
  const [first] = formsOf((await browser.get("/")).body);
  await browser.get("/");
  assert.equal(browser.cookies.get("csrf"), secret);
  assert.ok(first);
  assert.equal((await browser.send(first.action, first.fields)).statusCode, 303);
});
