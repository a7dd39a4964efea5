import type { ClaimOptions, ClaimSource } from "idp-group-sync";

/** A claim setting that forms have fields for: one source, of one name. */
export type PlainClaim = Omit<ClaimSource, "name" | "delimiter"> & { name: string; delimiter?: string };

/** Fields of a claim setting to be set anew; one that is `undefined` is left out. */
export type ClaimFieldsChange = { [Field in keyof PlainClaim]?: PlainClaim[Field] | undefined };

/** The fields of a claim setting, in either way that it can be written; nothing where forms have no fields for it. */
export function claimFields(claim: ClaimOptions): PlainClaim | undefined {
  if (typeof claim === "string") return { name: claim };
  return Array.isArray(claim) || typeof claim.name !== "string" || Array.isArray(claim.delimiter)
    ? undefined
    : (claim as PlainClaim);
}

/** A claim setting with some of its fields set anew. One that has no fields stays as it is. */
export function withClaimFields(claim: ClaimOptions, fields: ClaimFieldsChange): ClaimOptions {
  const own = claimFields(claim);
  if (!own) return claim;
  const merged = Object.entries({ ...own, ...fields }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(merged) as unknown as ClaimSource;
}

/** A claim setting as one text to show and to edit: its name, or else all of it as JSON. */
export function claimText(claim: ClaimOptions): string {
  return claimFields(claim)?.name ?? JSON.stringify(claim);
}
