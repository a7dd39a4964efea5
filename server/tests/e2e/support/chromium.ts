// People in the system's Chromium: what they do, and what they see.

import assert from "node:assert/strict";
import { after } from "node:test";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { accounts } from "../../../src/development/accounts.ts";
import type { Places } from "./memberships.ts";

let launched: Promise<Browser> | undefined;

after(async () => {
  if (launched !== undefined) await (await launched).close();
});

function launch(): Promise<Browser> {
  launched ??= chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
  return launched;
}

/** What a browser shows of a page that went well, or of one that says what went wrong. */
export interface Seen {
  page: Page;
  status: number;
  title: string;
}

/** A browser of its own, in which nobody is signed in anywhere. Whatever it shows must break none of its own rules. */
export async function withBrowser<Result>(work: (page: Page) => Promise<Result>): Promise<Result> {
  const context: BrowserContext = await (await launch()).newContext();
  const complaints: string[] = [];
  try {
    const page = await context.newPage();
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      // That a page says what went wrong is no fault of the page.
      const isStatus = message.text().startsWith("Failed to load resource: the server responded with a status of");
      if (message.type() === "error" && !isStatus) complaints.push(message.text());
    });
    const result = await work(page);
    assert.deepEqual(complaints, [], "errors on the console");
    return result;
  } finally {
    await context.close();
  }
}

/** Signs in as an account of the identity provider for development, all the way through its pages. */
export async function signInAs(page: Page, origin: string, subject: string): Promise<Seen> {
  const account = accounts.find((one) => one.subject === subject);
  if (!account) throw new Error(`there is no account ${subject}`);
  await page.goto(`${origin}/sign-in`);
  const link = page.getByRole("link", { name: "Sign in with single sign-on" });
  // Where it is not offered, a bookmark or an older page still leads there.
  await ((await link.count()) > 0 ? link.click() : page.goto(`${origin}/sign-in/oidc`));
  return arrive(page, origin, () => page.getByRole("button", { name: account.name }).click());
}

export async function signInWithPassword(page: Page, origin: string, email: string, password: string): Promise<Seen> {
  await page.goto(`${origin}/sign-in`);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  return arrive(page, origin, () => page.getByRole("button", { name: "Sign in with a password" }).click());
}

/** The page at which somebody ends who does this. */
export async function arrive(page: Page, origin: string, act: () => Promise<unknown>): Promise<Seen> {
  const isPage = (status: number) => status < 300 || status >= 400;
  const [response] = await Promise.all([
    page.waitForResponse((one) => {
      return one.request().isNavigationRequest() && one.url().startsWith(`${origin}/`) && isPage(one.status());
    }),
    act(),
  ]);
  await page.waitForLoadState();
  return { page, status: response.status(), title: await page.getByRole("heading", { level: 1 }).innerText() };
}

/** What somebody is told that they have, in the shape of `placesOf`. */
export async function shownPlaces(page: Page): Promise<Places> {
  const places: Places = {};
  for (const section of await page.locator("section[data-workspace]").all()) {
    const workspace = (await section.getAttribute("data-workspace")) ?? "";
    const role = await section.locator("[data-role]").innerText();
    const groups = await section.locator("[data-groups] li").allInnerTexts();
    const names = groups.map((group) => group.replace(/ given by hand$/, "")).sort();
    places[workspace] = names.length === 0 ? role : `${role}: ${names.join(", ")}`;
  }
  return places;
}
