// The claims of a token: as JSON, or still in the token.
import { InputError } from "./exit.js";
import { readText, type SourceText } from "./inputs.js";
import { JsonDocument } from "./json.js";
import { visible } from "./visible.js";

/** Claims, and what they were read from. */
export interface Token {
  claims: object;
  document: JsonDocument;
  isJwt: boolean;
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
  return { claims: document.value as object, document, isJwt: payload !== undefined };
}

function payloadOf(payload: string, { name }: SourceText): SourceText {
  return { name: `${name} (payload)`, text: Buffer.from(payload, "base64url").toString("utf8") };
}
