import { decodeJwt } from "jose";
import { type ParseError, parse, printParseErrorCode } from "jsonc-parser";

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
    return problem("Paste the claims of a token here, as JSON or as the token itself", 0, text.length);
  }
  const mistakes: ParseError[] = [];
  parse(text, mistakes, { disallowComments: true });
  const first = mistakes[0];
  if (first) {
    return problem(
      mistakeNames[printParseErrorCode(first.error)] ?? "This is not JSON",
      first.offset,
      first.offset + first.length,
    );
  }
  try {
    return { ok: true, claims: JSON.parse(text) };
  } catch (error) {
    // JSON.parse is the stricter reader; where only it objects, its own words are the best there are.
    return problem(error instanceof Error ? error.message : "This is not JSON", 0, text.length);
  }
}

function problem(message: string, start: number, end: number): ClaimsText {
  return { ok: false, problem: { message, start, end } };
}

const mistakeNames: Record<string, string> = {
  InvalidSymbol: "This is neither a JSON value nor a JWT: text needs double quotes around it",
  InvalidNumberFormat: "This is not a number as JSON writes it",
  PropertyNameExpected: "A property name in double quotes is missing here",
  ValueExpected: "A value is missing here",
  ColonExpected: "A colon is missing here",
  CommaExpected: "A comma is missing here",
  CloseBraceExpected: "A closing brace } is missing here",
  CloseBracketExpected: "A closing bracket ] is missing here",
  EndOfFileExpected: "The JSON ends before this",
  InvalidCommentToken: "JSON has no comments",
  UnexpectedEndOfComment: "JSON has no comments",
  UnexpectedEndOfString: "A closing double quote is missing here",
  UnexpectedEndOfNumber: "The number is cut short here",
  InvalidUnicode: "\\u needs four hexadecimal digits",
  InvalidEscapeCharacter: "JSON has no such escape",
  InvalidCharacter: "This character has to be escaped",
};

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
