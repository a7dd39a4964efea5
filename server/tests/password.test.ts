// Signing in with a password, and what keeps others from doing so.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { hashPassword } from "../src/sign-in/passwords.ts";
import { type RunningServer, runningServer } from "./support/running-server.ts";

let running: RunningServer;
before(async () => {
  running = await runningServer({ limits: { password: 8 } });
  const values = { email: "Pat@example.com", password_hash: await hashPassword("correct horse"), name: "Pat" };
  await running.instance.database.insertInto("users").values(values).execute();
});
after(() => running.close());

test("the right password signs in, whatever the case of the address, and syncs nothing", async () => {
  const browser = running.newBrowser();
  const response = await browser.post("/sign-in/password", { email: "pat@Example.com", password: "correct horse" });
  assert.deepEqual([response.statusCode, response.headers.location], [303, "/"]);
  const home = await browser.get("/");
  assert.match(home.body, /Signed in with a password/);
});

test("a wrong password and an unknown address are told the same", async () => {
  const bodies = [];
  for (const email of ["pat@example.com", "nobody@example.com"]) {
    const response = await running.newBrowser().post("/sign-in/password", { email, password: "guess" });
    assert.equal(response.statusCode, 403);
    assert.equal(response.cookies.filter(({ name }) => name === "session").length, 0);
    bodies.push(response.body.replace(/<code>.*?<\/code>/, ""));
  }
  assert.equal(bodies[0], bodies[1]);
  assert.match(String(bodies[0]), /There is no account with these credentials/);
});

test("a form of another site does nothing", async () => {
  const fields = { email: "pat@example.com", password: "correct horse" };
  const response = await running.newBrowser().send("/sign-in/password", fields);
  assert.equal(response.statusCode, 403);
  assert.match(response.body, /form is out of date/);
});

test("what cannot be a credential is refused before anything is asked", async () => {
  for (const fields of [{ email: "pat@example.com" }, { email: "a\u0000b", password: "x" }]) {
    const response = await running.newBrowser().post("/sign-in/password", fields as Record<string, string>);
    assert.equal(response.statusCode, 400);
  }
});

test("after too many attempts in a minute, even the right password has to wait", async (context) => {
  context.mock.timers.enable({ apis: ["Date"], now: Date.now() }); // on a busy machine, the attempts take more than a minute
  const codes = [];
  for (let attempt = 0; attempt < 9; attempt += 1) {
    const fields = { email: "pat@example.com", password: "correct horse" };
    codes.push((await running.newBrowser().post("/sign-in/password", fields)).statusCode);
  }
  assert.equal(codes.at(-1), 429);
});

test("with passwords switched off there is no form for one", async () => {
  const other = await runningServer();
  await other.instance.database.updateTable("instance").set({ password_login: false }).execute();
  const browser = other.newBrowser();
  assert.doesNotMatch((await browser.get("/sign-in")).body, /type="password"/);
  await other.close();
});
