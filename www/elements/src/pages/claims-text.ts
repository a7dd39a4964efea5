import { decodeJwt } from "jose";
import { type ParseError, parse, printParseErrorCode } from "jsonc-parser";
import { words } from "../messages/language.js";

/** What a text of claims holds. */
export type ClaimsText = { ok: true; claims: object } | { ok: false; problem: ClaimsProblem };

/** What is wrong with a text of claims, and where. */
export interface ClaimsProblem {
  message: string;
  start: number;
  end: number;
}

/** Reads claims written as JSON. What JSON it may be is the engine's to say. */
export function readClaimsText(text: string): ClaimsText {
  if (text.trim() === "") {
    return problem(words().claims.empty, 0, text.length);
  }
  const mistakes: ParseError[] = [];
  parse(text, mistakes, { disallowComments: true });
  const first = mistakes[0];
  if (first) {
    return problem(
      words().claims.mistakes[printParseErrorCode(first.error)] ?? words().claims.noJson,
      first.offset,
      first.offset + first.length,
    );
  }
  try {
    return { ok: true, claims: JSON.parse(text) };
  } catch (error) {
    // JSON.parse is the stricter reader; where only it objects, its own words are the best there are.
    return problem(error instanceof Error ? error.message : words().claims.noJson, 0, text.length);
  }
}

function problem(message: string, start: number, end: number): ClaimsText {
  return { ok: false, problem: { message, start, end } };
}

/** The claims of a JWT as JSON text, or nothing if the text is no JWT. Decoded here; its signature is not looked at. */
export function jwtClaims(text: string): string | undefined {
  const token = text.trim().replace(/^bearer\s+/i, "");
  if (!/^[\w-]+\.[\w-]+\.[\w-]*$/.test(token)) return undefined;
  try {
    return JSON.stringify(decodeJwt(token), null, 2);
  } catch {
    return undefined;
  }
}
