// `readGroups` against the model: one token, and each of its sources alone.

import type { ClaimOptions } from "idp-group-sync";
import { readGroups } from "idp-group-sync";
import { readClaim, sourcesOf } from "../rules/claims.ts";
import { count } from "./coverage.ts";
import { compare } from "./difference.ts";

export interface Token {
  claim: ClaimOptions;
  claims: Record<string, unknown>;
}

export function compareClaim({ claim, claims }: Token): number {
  const expect = readClaim(claims, claim);
  const sources = sourcesOf(claim);
  for (const { item, decode, delimiter, name, prefix, required } of sources) {
    const [said] = [sources.length > 1 ? "several" : Array.isArray(name) ? "names" : "one"];
    count(`claims: ${said}: ${expect.status}`);
    count(`claims: item ${typeof item === "object" ? "field" : (item ?? "text")}: ${expect.status}`);
    if (decode) count(`claims: decode ${decode}: ${expect.status}`);
    if (delimiter) count(`claims: delimiter: ${expect.status}`);
    if (prefix) count(`claims: prefix: ${expect.status}`);
    if (required) count(`claims: required: ${expect.status}`);
    if ([name].flat().some((one) => one.includes("*"))) count(`claims: star: ${expect.status}`);
  }
  for (const code of expect.codes) count(`claims: diagnostic ${code}`);
  const { diagnostics, ...rest } = readGroups(claims, claim);
  compare("claim", () => ({ claim, claims }), expect, { ...rest, codes: diagnostics.map(({ code }) => code) });
  return 1;
}
