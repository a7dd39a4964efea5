// The programs of docs/directory.md, as they stand, against providers that answer at their public addresses.

import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { root } from "../../scripts/setup/place.mjs";
import { emptyFolder, run, tarball } from "../package/support/project.mjs";
import { blocksOf } from "./support/blocks.mjs";

const page = "docs/directory.md";
const programs = blocksOf(page).filter(({ language }) => language === "js");
const providers = pathToFileURL(join(root, "tests", "docs", "programs", "providers.mjs")).href;

let folder;
let environment;

before(async () => {
  folder = emptyFolder();
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  await run("npm", ["install", "--offline", "--no-save", "--ignore-scripts", await tarball()], folder);
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  environment = {
    ENTRA_TENANT: "contoso.onmicrosoft.com",
    ENTRA_CLIENT_ID: "client",
    ENTRA_CLIENT_SECRET: "secret",
    GOOGLE_SERVICE_ACCOUNT: JSON.stringify({ client_email: "sync@project.example", private_key: privateKey }),
    OKTA_PRIVATE_KEY: privateKey,
    KEYCLOAK_CLIENT_SECRET: "secret",
    AUTH0_CLIENT_ID: "client",
    AUTH0_CLIENT_SECRET: "secret",
  };
});

test("every directory has a program, and every program checks or prints something", () => {
  for (const name of ["entra", "google", "okta", "keycloak", "auth0"]) {
    assert.ok(
      programs.some(({ text }) => text.includes(`${name}Directory(`) && text.includes("console.log(")),
      name,
    );
  }
  for (const { line, text } of programs) assert.match(text, /\bassert\.|\bconsole\.log\(/, `${page}:${line}`);
});

for (const { line, text } of programs) {
  test(`${page}:${line}`, async () => {
    const program = `line-${line}.mjs`;
    writeFileSync(join(folder, program), text);
    const printed = await run(process.execPath, ["--import", providers, program], folder, environment);
    const promised = [...text.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm)].map(([, line]) => `${line}\n`);
    assert.equal(printed, promised.join(""));
  });
}
