// Tokens are secrets: none is printed whole, wherever it came in and whatever goes wrong with it.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { cli, cliProject } from "./support/command-line.mjs";

const base64url = (text) => Buffer.from(text).toString("base64url");
const payload = base64url('{"sub":"ada","groups":["IT"]}');
const signature = base64url("a signature of many bytes, which nobody may see");
const tokens = {
  signed: `${base64url('{"alg":"RS256","typ":"JWT"}')}.${payload}.${signature}`,
  unsigned: `${base64url('{"alg":"none"}')}.${payload}.`,
  encrypted: `${base64url('{"alg":"RSA-OAEP"}')}.${signature}.${signature}.${payload}.${signature}`,
  "with spaces in its header": `${base64url('{ "alg": "RS256" }')}.${payload}.${signature}`,
  "with lines in its header": `${base64url('{\n  "alg": "RS256"\n}')}.${payload}.${signature}`,
  "cut off": `${base64url('{"alg":"RS256"}')}.${payload}`,
  "without its header": `x.${payload}.${signature}`,
  "behind other text": `newtoken${base64url('{"alg":"RS256"}')}.${payload}.${signature}`,
};

let folder;
const write = (name, text) => writeFileSync(join(folder, name), text);
const config = ["-m", "mapping.txt", "--catalog", "catalog.json"];

before(async () => {
  folder = await cliProject();
  write("member.json", '{ "role": null, "groups": [] }');
});

/** What a command prints holds neither the token nor any part of it that is worth something. */
async function keepsSecret(token, args, input) {
  const { code, stdout, stderr } = await cli(args, { input });
  for (const part of [token, payload, signature]) {
    assert.ok(!`${stdout}${stderr}`.includes(part), `${args[0]}: ${stdout}${stderr}`);
  }
  return { code, stdout, stderr };
}

for (const [kind, token] of Object.entries(tokens)) {
  test(`a token that is given as an argument: ${kind}`, async () => {
    const impact = ["impact", "--before", "mapping.txt", "--after", "mapping.txt", "--catalog", "catalog.json"];
    for (const args of [
      ["explain", token, ...config],
      ["explain", `Bearer ${token}`, ...config],
      ["explain", "token.json", "-m", token, "--catalog", "catalog.json"],
      ["explain", "token.json", "-m", "mapping.txt", "--catalog", token],
      ["explain", "-", ...config, "--policy", token],
      ["explain", "-c", token, "-g", "a"],
      ["plan", token, "--membership", "member.json", ...config],
      ["plan", "-g", "a", "--membership", token, ...config],
      ["test", token, ...config],
      ["diff", token, "mapping.txt", "--catalog", "catalog.json"],
      [...impact, "--users", token],
      ["explain", "token.json", token, ...config],
      ["explain", `--${token}`],
      ["check", "--format", token],
      [token],
    ]) {
      const { code } = await keepsSecret(token, args, "{}");
      assert.equal(code, 2, args.join(" "));
    }
  });

  test(`a token on the way through: ${kind}`, async () => {
    await keepsSecret(token, ["explain", "-g", token, ...config, "--format", "json"]);
    await keepsSecret(token, ["explain", "-", ...config, "--claim", token, "--format", "json"], "{}");
    await keepsSecret(token, ["explain", "-", ...config], JSON.stringify({ groups: [token], [token]: token }));
    await keepsSecret(token, ["check", "-", "--catalog", "catalog.json", "--format", "github"], `${token} => sales`);
    await keepsSecret(
      token,
      ["check", "mapping.txt", "--catalog", "-"],
      `{ "groups": [{ "name": "a", "${token}": 1 }] }`,
    );
    await keepsSecret(token, ["check", "mapping.txt", "--catalog", "-"], `{ ${token} }`);
    await keepsSecret(token, ["test", "-", ...config], JSON.stringify([{ name: token, groups: [token], expect: {} }]));
  });
}

test("a token in place of a file says what to do", async () => {
  const { stderr } = await cli(["explain", tokens.signed, ...config]);
  const sentence = "this is a token, not a file; a token is a secret, so give it in a file or on standard input (`-`)";
  assert.equal(stderr, `error: eyJhbG…: ${sentence}\n`);
});

test("names of files that only look a little like tokens are printed whole", async () => {
  for (const name of ["rework-of-mappings.eu.txt", "eyeglasses-mapping.prod.txt", "new-groups.2024.txt"]) {
    const { stderr } = await cli(["check", name]);
    assert.equal(stderr, `error: ${name}: the mapping can't be read: there is no such file\n`);
  }
});

describe("what is to be known about a token is noted", () => {
  const jwt = (claims) => `${base64url('{"alg":"none"}')}.${base64url(JSON.stringify(claims))}.`;
  const now = Math.floor(Date.now() / 1000);
  const notes = async (input, args = []) => {
    const { code, stderr } = await cli(["explain", "-", ...config, ...args], { input });
    assert.equal(code, 0, stderr);
    return stderr;
  };

  test("that it has expired", async () => {
    const expired = "note: the token expired at 2023-11-14T22:13:20Z, so no login takes it any more\n";
    assert.equal(await notes(jwt({ groups: [], exp: 1_700_000_000 })), expired);
    const decoded = "note: the token was only decoded; its signature was not checked\n";
    assert.equal(await notes(jwt({ groups: [], exp: 1_700_000_000.5 }), ["--format", "json"]), expired + decoded);
    assert.equal(await notes(jwt({ groups: [], exp: now + 600 })), "");
  });

  test("that it is not valid yet", async () => {
    assert.match(await notes(jwt({ groups: [], nbf: now + 600 })), /^note: the token is not valid before \d{4}-.*Z, /);
    assert.equal(await notes(jwt({ groups: [], nbf: now - 600 })), "");
  });

  test("nothing where the times are none", async () => {
    for (const exp of ["soon", null, {}, [1], true]) assert.equal(await notes(jwt({ groups: [], exp })), "");
    assert.equal(await notes(`${base64url("{}")}.${base64url('{"groups":[],"exp":-1e300,"nbf":1e300}')}.`), "");
    assert.equal(await notes('{ "groups": [], "exp": 1 }'), "", "claims that somebody wrote down");
  });

  test("that it is the answer of a token endpoint", async () => {
    for (const field of ["id_token", "access_token"]) {
      const sentence = `this looks like the answer of a token endpoint, not like claims; give the token in its \`${field}\``;
      assert.equal(await notes(JSON.stringify({ [field]: tokens.signed, expires_in: 3600 })), `note: ${sentence}\n`);
    }
    assert.equal(await notes(JSON.stringify({ id_token: "none", access_token: 7, groups: [] })), "");
  });
});
