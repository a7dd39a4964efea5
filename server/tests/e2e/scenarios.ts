// Each account of the identity provider for development signs in with Chromium, and the database holds what its groups give.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accounts } from "../../src/development/accounts.ts";
import { developmentPassword } from "../../src/development/seed.ts";
import { arrive, type Seen, shownPlaces, signInAs, signInWithPassword, withBrowser } from "./support/chromium.ts";
import { type Deployment, developmentDeployment } from "./support/deployment.ts";
import { giveByHand, type Places, placesOf } from "./support/memberships.ts";
import { isProblem } from "./support/problem.ts";

let deployed: Deployment;
before(async () => {
  deployed = await developmentDeployment();
});
after(() => deployed.close());

/** What each account has after its first login, in every workspace; `null` for those who may not come in. */
const expected: Record<string, Places | null> = {
  // The scenarios that the engine promises
  ada: { main: "admin: developers", product: "admin: developers" },
  ben: { main: "builder", product: "builder" },
  eve: { main: "end-user", product: "end-user" },
  eli: { main: "end-user: engineers", product: "builder: developers" },
  olga: { main: "builder: operators" },
  mara: { main: "end-user: marketing" },
  petra: { main: "end-user: engineers", product: "builder: developers" },
  nils: { main: "end-user" },
  // The awkward ones
  mia: { main: "end-user" },
  mo: { main: "end-user" },
  otto: { main: "end-user" },
  lena: { main: "end-user", directory: "builder: Research, Europe, sales" },
  lars: { main: "end-user" },
  dee: null,
  arne: null,
  ivy: { main: "end-user: engineers", product: "end-user" },
};

/** Signs in and gives what the page says that they have. */
function seenBy(subject: string): Promise<Places> {
  return withBrowser(async (page) => {
    const { status } = await signInAs(page, deployed.server.origin, subject);
    assert.equal(status, 200, subject);
    return shownPlaces(page);
  });
}

test("there is an expectation for each account", () => {
  assert.deepEqual(Object.keys(expected).sort(), accounts.map(({ subject }) => subject).sort());
});

test("each account signs in, sees what it has, and the database holds the same", async () => {
  for (const [subject, places] of Object.entries(expected)) {
    if (places) assert.deepEqual(await seenBy(subject), places, subject);
  }
  const held = await deployed.withDatabase(placesOf);
  for (const [subject, places] of Object.entries(expected))
    assert.deepEqual(held[subject] ?? {}, places ?? {}, subject);
});

test("the page says why, down to the line of the mapping", () =>
  withBrowser(async (page) => {
    await signInAs(page, deployed.server.origin, "eli");
    const product = page.locator("section[data-workspace=product]");
    await product.getByText("line 2: engineers -> developers").waitFor();
    await product.getByText("developers").first().waitFor();
    const main = page.locator("section[data-workspace=main]");
    assert.match(await main.innerText(), /engineers/);
  }));

test("who is archived, and whose token cannot be read, see a clear page", async () => {
  const { server } = deployed;
  const see = (subject: string) =>
    withBrowser(async (page) => {
      const { status } = await signInAs(page, server.origin, subject);
      return { status, location: null, body: await page.content() };
    });
  await isProblem(await see("arne"), { status: 403, title: /Your account is archived/, server });
  await isProblem(await see("dee"), {
    status: 422,
    title: /What the identity provider says of you cannot be read/,
    server,
    log: /too-large/,
  });
});

test("what was given or taken by hand is overwritten at the next login", async () => {
  await deployed.withDatabase(async (database) => {
    await giveByHand(database, "ada", "main", { role: "end-user", groups: [] });
    await giveByHand(database, "ben", "product", { role: "admin", groups: ["designers", "developers"] });
    await giveByHand(database, "eli", "main", { role: "builder", groups: ["operators", "sales"] });
    await giveByHand(database, "nils", "main", { role: "end-user", groups: ["marketing"] });
  });
  const people = ["ada", "ben", "eli", "nils"];
  for (const subject of people) assert.deepEqual(await seenBy(subject), expected[subject], subject);
  const held = await deployed.withDatabase(placesOf);
  for (const subject of people) assert.deepEqual(held[subject], expected[subject], subject);
});

test("whose groups cannot be known keeps what they have: a malformed claim, too many groups, groups that are elsewhere", async () => {
  const people = ["mo", "lars", "otto"];
  await deployed.withDatabase(async (database) => {
    for (const subject of people)
      await giveByHand(database, subject, "main", { role: "builder", groups: ["operators"] });
  });
  for (const subject of people) assert.deepEqual(await seenBy(subject), { main: "builder: operators" }, subject);
  const held = await deployed.withDatabase(placesOf);
  for (const subject of people) assert.deepEqual(held[subject], { main: "builder: operators" }, subject);
});

test("an invitation is accepted on the page, and the login after it gives the groups", () =>
  withBrowser(async (page) => {
    const { origin } = deployed.server;
    await signInAs(page, origin, "ivy");
    await page.getByText("This was not carried out, as you had not accepted the invitation").waitFor();
    await arrive(page, origin, () => page.getByRole("button", { name: "Accept the invitation" }).click());
    assert.deepEqual(await seenBy("ivy"), { main: "end-user: engineers", product: "builder: developers" });
  }));

test("a password signs in and changes nothing; signing out ends the session", () =>
  withBrowser(async (page) => {
    const { origin } = deployed.server;
    const before = await signInWithPassword(page, origin, "pat@example.com", developmentPassword);
    assert.equal(before.status, 200);
    assert.deepEqual(await shownPlaces(page), { main: "builder" });
    const gone: Seen = await arrive(page, origin, () => page.getByRole("button", { name: "Sign out" }).click());
    assert.equal(gone.title, "Sign in");
    await page.goto(`${origin}/`);
    assert.equal(new URL(page.url()).pathname, "/sign-in");
  }));
