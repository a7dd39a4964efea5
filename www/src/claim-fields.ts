import type { ClaimOptions } from "idp-group-sync";

type Claim = Exclude<ClaimOptions, string>;

/** Fields of a claim setting to be set anew; one that is `undefined` is left out. */
export type ClaimFieldsChange = { [Field in keyof Claim]?: Claim[Field] | undefined };

/** The fields of a claim setting, in either way that it can be written. */
export function claimFields(claim: ClaimOptions): Claim {
  return typeof claim === "string" ? { name: claim } : claim;
}

/** A claim setting with some of its fields set anew. */
export function withClaimFields(claim: ClaimOptions, fields: ClaimFieldsChange): ClaimOptions {
  const merged = Object.entries({ ...claimFields(claim), ...fields }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(merged) as unknown as Claim;
}
