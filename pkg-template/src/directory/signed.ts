import { DirectoryError } from "./error.js";

/** A private key as files of keys hold it. */
export interface PrivateKey {
  /** `-----BEGIN PRIVATE KEY-----` and so on. */
  pem: string;
  /** How the provider calls it. */
  id?: string | undefined;
}

/** Claims that a client signs by its key (RS256), to get a token without a secret. */
export async function signed(option: string, key: PrivateKey, claims: object): Promise<string> {
  const header = { alg: "RS256", typ: "JWT", ...(key.id !== undefined && { kid: key.id }) };
  const text = [header, claims].map((part) => encode(new TextEncoder().encode(JSON.stringify(part)))).join(".");
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  let imported: CryptoKey;
  try {
    const [, base64 = ""] = /^\s*-----BEGIN PRIVATE KEY-----([\s\S]+)-----END PRIVATE KEY-----\s*$/.exec(key.pem) ?? [];
    const bytes = Uint8Array.from(atob(base64.replace(/\s/g, "")), (character) => character.charCodeAt(0));
    imported = await crypto.subtle.importKey("pkcs8", bytes, algorithm, false, ["sign"]);
  } catch {
    // Without the platform's error, which may hold some of it.
    const help = "give the PEM text with `BEGIN PRIVATE KEY`; `openssl pkcs8 -topk8 -nocrypt` makes one of others";
    throw new DirectoryError("invalid-input", option, "this is no private RSA key in PKCS #8", help);
  }
  const signature = await crypto.subtle.sign(algorithm.name, imported, new TextEncoder().encode(text));
  return `${text}.${encode(new Uint8Array(signature))}`;
}

/** Bytes in Base64 as addresses can hold it. */
function encode(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
