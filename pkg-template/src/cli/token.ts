// The claims of a token: as JSON, or still in the token.

import type { DataDocument } from "./data-document.js";
import { InputError } from "./exit.js";
import { decode, readText, type SourceText } from "./inputs.js";
import { JsonDocument } from "./json.js";
import { isToken } from "./secret.js";
import { visible } from "./visible.js";

/** Claims, and what they were read from. */
export interface Token {
  claims: object;
  document: DataDocument;
  isJwt: boolean;
  /** What to know about it, besides what is decided. */
  notes: string[];
}

const jwt = /^(?:Bearer\s+)?[\w-]+\.([\w-]+)\.[\w-]*$/i;
const encryptedJwt = /^(?:Bearer\s+)?[\w-]+(?:\.[\w-]*){4}$/i;

/** Reads the claims of a token from a file that holds them as JSON, or the token itself. Its signature is not looked at. */
export async function readToken(path: string): Promise<Token> {
  const source = await readText(path, "the token");
  const text = source.text.trim();
  if (encryptedJwt.test(text)) {
    throw new InputError(`${visible(source.name)}: this token is encrypted; give its claims as JSON`);
  }
  const payload = text.match(jwt)?.[1];
  const document = new JsonDocument(payload === undefined ? source : payloadOf(payload, source));
  const claims = document.value as object;
  return { claims, document, isJwt: payload !== undefined, notes: notesOn(claims, payload !== undefined) };
}

/** What a login would see otherwise. */
function notesOn(claims: unknown, isJwt: boolean): string[] {
  if (typeof claims !== "object" || claims === null) return [];
  const { exp, nbf } = claims as Record<string, unknown>;
  const now = Date.now();
  if (isJwt && isTime(exp) && exp * 1000 <= now) {
    return [`the token expired at ${timeOf(exp)}, so no login takes it any more`];
  }
  if (isJwt && isTime(nbf) && nbf * 1000 > now) {
    return [`the token is not valid before ${timeOf(nbf)}, so no login takes it yet`];
  }
  const answered = ["id_token", "access_token"].find((name) => isEncoded(claims, name));
  if (answered === undefined) return [];
  return [`this looks like the answer of a token endpoint, not like claims; give the token in its \`${answered}\``];
}

function isEncoded(claims: object, name: string): boolean {
  const value = Object.entries(claims).find(([field]) => field === name)?.[1];
  return typeof value === "string" && isToken(value);
}

/** Seconds since 1970 that are a date. */
function isTime(value: unknown): value is number {
  return typeof value === "number" && Math.abs(value * 1000) <= 8.64e15;
}

function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, "Z");
}

function payloadOf(payload: string, source: SourceText): SourceText {
  const name = `${source.name} (payload)`;
  return { name, text: decode(Buffer.from(payload, "base64url"), name) };
}
