import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { Encryption } from "../src/encryption.ts";

const [old, young] = [randomBytes(32), randomBytes(32)];
const encryption = new Encryption([young, old]);

test("what is encrypted is decrypted, and never the same twice", () => {
  for (const text of ["", "a secret", "\u{1F511}\u0000"]) {
    const encrypted = encryption.encrypt(text, "here");
    assert.notEqual(encrypted, encryption.encrypt(text, "here"));
    assert.equal(encryption.decrypt(encrypted, "here"), text);
    if (text) assert.ok(!encrypted.includes(text));
  }
});

test("the key of before still decrypts, and one that is gone does not", () => {
  const before = new Encryption([old]).encrypt("a secret", "here");
  assert.equal(encryption.decrypt(before, "here"), "a secret");
  assert.equal(new Encryption([young]).decrypt(before, "here"), null);
});

test("what was changed, cut or moved is nothing", () => {
  const encrypted = encryption.encrypt("a secret", "here");
  assert.equal(encryption.decrypt(encrypted, "there"), null);
  const [id, text = ""] = encrypted.split(".");
  for (let place = 0; place < Buffer.from(text, "base64url").length; place += 1) {
    const bytes = Buffer.from(text, "base64url");
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    assert.equal(encryption.decrypt(`${id}.${bytes.toString("base64url")}`, "here"), null);
  }
  for (const wrong of ["", ".", "a.b", `${id}.`, `${id}.${text.slice(0, -4)}`, text, `${id}.${text}.`]) {
    assert.equal(encryption.decrypt(wrong, "here"), wrong === `${id}.${text}.` ? "a secret" : null);
  }
});
