// What the environment may say, and what keeps the identity provider for development away from real users.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readConfig } from "../src/config.ts";
import { openPostgres } from "../src/database/postgres.ts";

test("an empty environment is a developer's machine", () => {
  const { origin, database, identityProvider, limits } = readConfig({});
  assert.equal(origin.origin, "http://localhost:3000");
  assert.deepEqual(database, { folder: "data" });
  assert.deepEqual(identityProvider, { developmentPort: 3001, origins: [origin] });
  assert.deepEqual(limits, { password: 10, oidc: 300, scim: 3000 });
});

test("the identity provider for development never serves another host, nor a server in production", () => {
  assert.throws(() => readConfig({ ORIGIN: "https://app.example.com" }), /OIDC_ISSUER is missing/);
  assert.throws(() => readConfig({ NODE_ENV: "production" }), /OIDC_ISSUER is missing/);
  assert.equal(readConfig({ NODE_ENV: "production", OIDC_ISSUER: "none" }).identityProvider, null);
});

test("an identity provider needs a client", () => {
  const environment = { OIDC_ISSUER: "https://idp.example", OIDC_CLIENT_ID: "app", OIDC_CLIENT_SECRET: "s" };
  assert.deepEqual(readConfig(environment).identityProvider, {
    issuer: new URL("https://idp.example"),
    clientId: "app",
    clientSecret: "s",
    scope: "openid profile email",
    claimsFrom: ["userinfo"],
  });
  const from = (text: string) => readConfig({ ...environment, OIDC_CLAIMS_FROM: text }).identityProvider;
  assert.deepEqual(from("id-token, access-token"), {
    ...readConfig(environment).identityProvider,
    claimsFrom: ["access-token"],
  });
  assert.throws(() => from("saml"), /OIDC_CLAIMS_FROM has `saml`/);
  assert.throws(() => readConfig({ OIDC_ISSUER: "https://idp.example" }), /OIDC_CLIENT_ID is missing/);
});

test("what development begins with is named, or it is the settings alone", () => {
  assert.equal(readConfig({}).developmentData, "settings");
  assert.equal(readConfig({ DEVELOPMENT_DATA: "empty" }).developmentData, "empty");
  assert.throws(() => readConfig({ DEVELOPMENT_DATA: "much" }), /DEVELOPMENT_DATA is `much`: set it to one of empty/);
});

test("a database has an address, which is never repeated, as it may hold a password", () => {
  for (const url of ["postgres://user:secret@db.example/app", "postgresql:///app", "/var/run/postgresql app"]) {
    assert.deepEqual(readConfig({ DATABASE_URL: url }).database, { url });
  }
  for (const text of ["nonsense", "user:secret@db.example/app", "mysql://user:secret@db.example/app"]) {
    assert.throws(
      () => readConfig({ DATABASE_URL: text }),
      ({ message }: Error) => message.startsWith("DATABASE_URL is no address") && !message.includes("secret"),
    );
  }
});

test("keys are 32 bytes, the newest first", () => {
  const [young, old] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const text = `${young.toString("base64")}, ${old.toString("base64")}`;
  assert.deepEqual(readConfig({ ENCRYPTION_KEYS: text }).encryptionKeys, [young, old]);
  assert.equal(readConfig({}).encryptionKeys, null);
  assert.throws(() => readConfig({ ENCRYPTION_KEYS: "c2hvcnQ=" }), /ENCRYPTION_KEYS has a key that is not 32 bytes/);
});

test("what cannot be read is named", () => {
  assert.throws(() => readConfig({ PORT: "http" }), /PORT is `http`/);
  for (const origin of ["localhost", "localhost:3000"]) {
    assert.throws(() => readConfig({ ORIGIN: origin }), new RegExp(`ORIGIN is \`${origin}\``));
  }
  assert.throws(
    () => readConfig({ FIRST_ADMIN_EMAIL: "a@example.com", FIRST_ADMIN_PASSWORD: "short" }),
    /12 characters/,
  );
});

test("an empty variable is one that is left out", () => {
  const names = ["HOST", "LOG_LEVEL", "DATA_FOLDER", "DATABASE_URL", "OIDC_SCOPE", "RECONCILE_AT", "DEVELOPMENT_DATA"];
  const empty = Object.fromEntries([...names, "PORT", "ORIGIN", "OIDC_CLAIMS_FROM"].map((name) => [name, ""]));
  assert.deepEqual(readConfig(empty), readConfig({}));
  const oidc = { OIDC_ISSUER: "https://idp.example", OIDC_CLIENT_ID: "app" };
  assert.deepEqual(readConfig({ ...empty, ...oidc }), readConfig(oidc));
});

test("numbers are within what can be meant", () => {
  const wrong = [
    ["PORT", "0", "99999"],
    ["IDENTITY_PROVIDER_PORT", "0", "99999"],
    ["SESSION_HOURS", "0", "28800", "1e30"],
    ["REFRESH_MINUTES", "99999999"],
    ["SHUTDOWN_DELAY_SECONDS", "5000"],
    ["RECONCILE_MAX_SHARE", "101"],
    ["PASSWORDS_PER_MINUTE", "0"],
    ["SIGN_INS_PER_MINUTE", "0"],
    ["SCIM_REQUESTS_PER_MINUTE", "0", "1e30"],
  ];
  for (const [name = "", ...texts] of wrong) {
    for (const text of texts) {
      const message = `${name} is \`${text}\`: set it to a whole number from `;
      assert.throws(
        () => readConfig({ [name]: text }),
        (error: Error) => error.message.startsWith(message),
        message,
      );
    }
  }
});

test("an origin is a host, and those who may use the identity provider for development have one, too", () => {
  for (const origin of ["https://app.example.com/base", "https://app.example.com/?a", "https://u:p@app.example.com"]) {
    assert.throws(() => readConfig({ ORIGIN: origin, OIDC_ISSUER: "none" }), /set it to `https:\/\/app.example.com`/);
  }
  assert.equal(readConfig({ ORIGIN: "http://localhost:80/" }).origin.href, "http://localhost/");
  const { identityProvider } = readConfig({ DEVELOPMENT_ORIGINS: "http://localhost:1, http://localhost:2" });
  assert.deepEqual(identityProvider && "origins" in identityProvider && identityProvider.origins.map(String), [
    "http://localhost:3000/",
    "http://localhost:1/",
    "http://localhost:2/",
  ]);
  assert.throws(() => readConfig({ DEVELOPMENT_ORIGINS: "nonsense" }), /DEVELOPMENT_ORIGINS is `nonsense`/);
});

test("a level of the log, and the folder of a page, are ones that there are", () => {
  assert.throws(() => readConfig({ LOG_LEVEL: "loud" }), /LOG_LEVEL is `loud`: set it to one of fatal, error/);
  assert.throws(() => readConfig({ PREVIEW_FOLDER: "/nowhere" }), /PREVIEW_FOLDER is `\/nowhere`: there is no such/);
  assert.equal(readConfig({ PREVIEW_FOLDER: "." }).previewFolder, process.cwd());
});

test("when directories are read, and how many people may lose something", () => {
  const of = (environment: Record<string, string>) => readConfig(environment).reconcile;
  assert.deepEqual(of({}), { at: "0 3 * * *", maxLosers: 10, maxShare: 5 });
  assert.deepEqual(of({ RECONCILE_AT: "off", RECONCILE_MAX_LOSERS: "0", RECONCILE_MAX_SHARE: "20" }), {
    at: null,
    maxLosers: 0,
    maxShare: 20,
  });
  assert.equal(of({ RECONCILE_AT: "*/30 6-18 * * 1-5" }).at, "*/30 6-18 * * 1-5");
  for (const wrong of ["nightly", "0 25 * * *", "0 0 3 * * *", "3 * *"]) {
    assert.throws(
      () => of({ RECONCILE_AT: wrong }),
      /RECONCILE_AT is `.*`: set it to a cron expression of five/,
      wrong,
    );
  }
  for (const name of ["RECONCILE_MAX_LOSERS", "RECONCILE_MAX_SHARE"]) {
    for (const wrong of ["-1", "5%", "0.5", "many"]) {
      assert.throws(() => of({ [name]: wrong }), new RegExp(`${name} is \`${wrong}\`: set it to a whole number`));
    }
  }
});

test("only named proxies are believed: never everybody, and never as many as somebody claims", () => {
  assert.deepEqual(readConfig({}).trustProxy, []);
  assert.deepEqual(readConfig({ TRUST_PROXY: "false" }).trustProxy, []);
  const named = "10.0.0.7, 10.1.0.0/16,2001:db8::/32,loopback";
  assert.deepEqual(readConfig({ TRUST_PROXY: named }).trustProxy, [
    "10.0.0.7",
    "10.1.0.0/16",
    "2001:db8::/32",
    "loopback",
  ]);
  for (const wrong of [
    "true",
    "1",
    "0.0.0.0/0",
    "::/0",
    "10.0.0.0/33",
    "10.0.0.0/8/8",
    "10.0.0.0/",
    "proxy.example",
    "*",
    "10.0.0.7,",
  ]) {
    assert.throws(() => readConfig({ TRUST_PROXY: wrong }), /TRUST_PROXY has `.*`: name the proxies/, wrong);
  }
});

test("an address of a database that the driver cannot read is told without its password", () => {
  for (const url of ["postgres://u:hunter/2@db.example/app", "postgres://u:hunter2@db.example:port/app"]) {
    assert.throws(
      () => openPostgres(url),
      ({ message }: Error) => /^DATABASE_URL cannot be read: write `@`/.test(message) && !message.includes("hunter"),
    );
  }
  assert.throws(
    () => openPostgres("postgres://db.example/app?sslrootcert=/nowhere"),
    /DATABASE_URL names a file that cannot be read: .*\/nowhere/,
  );
});
