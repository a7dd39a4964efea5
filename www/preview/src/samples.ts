import type { Catalog, ClaimOptions, Policy } from "idp-group-sync";
import scenarios from "../../../tests/cases/scenarios.json";
import tokens from "../../../tests/cases/tokens.json";

/** Something to try: the test cases that a person can learn from, so the page shows what the tests prove. */
export interface Sample {
  /** The case's name in its file. */
  name: string;
  title: string;
  note: string;
  mapping: string;
  claim: ClaimOptions;
  catalog: Catalog;
  policy: Policy;
  /** The claims as JSON text. */
  claims: string;
}

/** A case as its file has it; what it leaves out has the engine's default. */
interface Case {
  name: string;
  title?: string;
  note?: string;
  given: { mapping?: string; claim?: ClaimOptions; catalog?: Catalog; policy?: Policy; claims?: object };
}

/** The five scenarios that the product is defined by. */
export const scenarioSamples = samples(scenarios.cases as Case[]);
/** Tokens as the usual identity providers write them. */
export const tokenSamples = samples(tokens.cases as Case[]);

function samples(cases: Case[]): Sample[] {
  return cases
    .filter(({ given }) => given.claims !== undefined)
    .map(({ name, title, note, given }) => ({
      name,
      title: title ?? name,
      note: note ?? "",
      mapping: given.mapping ?? "",
      claim: given.claim ?? "groups",
      catalog: given.catalog ?? { groups: [] },
      policy: given.policy ?? {},
      claims: JSON.stringify(given.claims, null, 2),
    }));
}
