import type { ClaimOptions } from "idp-group-sync";

type Claim = Exclude<ClaimOptions, string>;

/** The fields of a claim setting, in either way that it can be written. */
export function claimFields(claim: ClaimOptions): Claim {
  return typeof claim === "string" ? { name: claim } : claim;
}

/** A claim setting with some of its fields set anew; a field set to `undefined` is left out. */
export function withClaimFields(
  claim: ClaimOptions,
  fields: { [Field in keyof Claim]?: Claim[Field] | undefined },
): ClaimOptions {
  const merged = Object.entries({ ...claimFields(claim), ...fields }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(merged) as unknown as Claim;
}
