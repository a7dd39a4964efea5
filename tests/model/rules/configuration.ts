// What decides, and how its names are compared: docs/resolving.md, "Ignoring case".

import type { Catalog, ClaimOptions, Policy } from "idp-group-sync";
import type { Comparing, Mapping } from "./mapping.ts";

export interface Configuration {
  mapping: Mapping;
  claim: ClaimOptions;
  catalog: Catalog;
  policy: Policy;
}

/** "Names are compared exactly, unless the policy says otherwise." */
export function comparing({ compare }: Policy): Comparing {
  return compare === "ignore-case" ? folded : (name) => name;
}

/** "After Unicode case folding, in the composed normal form (NFC)." */
function folded(name: string): string {
  return Array.from(name.normalize("NFD"), foldedCharacter).join("").normalize("NFC");
}

/** Full case folding, which JavaScript has not, of the letters in random/names.ts. A dotless i has no other case. */
function foldedCharacter(character: string): string {
  if (character === "ı") return character;
  return Array.from(character.toLowerCase().toUpperCase(), (letter) => letter.toLowerCase()).join("");
}
