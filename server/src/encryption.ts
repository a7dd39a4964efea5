// What the server has to keep of others' secrets, so that whoever reads the database cannot use it: AES-256 in Galois/Counter Mode.

import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from "node:crypto";

export const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;

interface NamedKey {
  /** Says which key a text was encrypted with, and nothing else about it. */
  id: string;
  key: KeyObject;
}

export class Encryption {
  readonly #keys: NamedKey[];

  /** The first key encrypts; the others are those of before, which still decrypt. */
  constructor(keys: readonly [Buffer, ...Buffer[]]) {
    this.#keys = keys.map((bytes) => {
      const id = createHash("sha256").update("key").update(bytes).digest("base64url").slice(0, 8);
      return { id, key: createSecretKey(bytes) };
    });
  }

  /** `place` is where the text is kept: moved to another place, it cannot be decrypted. */
  encrypt(text: string, place: string): string {
    const [{ id, key }] = this.#keys as [NamedKey];
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(place));
    const encrypted = Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
    return `${id}.${encrypted.toString("base64url")}`;
  }

  /** Whether an older key, if it encrypted this, is not needed for it. */
  isByNewestKey(encrypted: string): boolean {
    const [{ id }] = this.#keys as [NamedKey];
    return encrypted.startsWith(`${id}.`);
  }

  /** `null` if none of the keys fits, or somebody has changed or moved it. */
  decrypt(encrypted: string, place: string): string | null {
    const [id, text = ""] = encrypted.split(".", 2);
    const key = this.#keys.find((one) => one.id === id)?.key;
    const bytes = Buffer.from(text, "base64url");
    if (!key || bytes.length < ivBytes + tagBytes) return null;
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(-tagBytes));
    try {
      return decipher.update(bytes.subarray(ivBytes, -tagBytes), undefined, "utf8") + decipher.final("utf8");
    } catch {
      return null;
    }
  }
}
