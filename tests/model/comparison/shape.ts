// The package's results and the model's in one shape. Diagnostics are compared by code, and by params where the guides name
// them; messages and fixes are for the cases.

import type { ClaimOptions, Diagnostic, Resolution, SyncPlan } from "idp-group-sync";
import { listOf, sourcesOf } from "../rules/claims.ts";
import type { Configuration } from "../rules/configuration.ts";
import type { ModelPlan } from "../rules/planning.ts";
import type { ModelResolution, Remark } from "../rules/resolving.ts";

const namedByParams = ["unknown-target", "raised-by-group", "last-admin-unknown", "invalid-membership"];

export function remarksOf(diagnostics: Diagnostic[]): Remark[] {
  return sorted(diagnostics.map(({ code, params }) => (namedByParams.includes(code) ? { code, params } : { code })));
}

/** The guides give no order among the diagnostics, but that those of the claim come first. */
function sorted(remarks: Remark[]): Remark[] {
  // The guides do not say how many commas an effective mapping has; commands report those of a text.
  return remarks.filter(({ code }) => code !== "empty-entry").sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

function key({ code, params = {} }: Remark): string {
  return [code, ...Object.values(params).sort()].join("\n");
}

export function resolutionOf({ claim, diagnostics, ...rest }: Resolution) {
  const codes = claim.diagnostics.map((diagnostic) => diagnostic.code);
  const first = diagnostics.slice(0, codes.length).map((diagnostic) => diagnostic.code);
  return {
    ...rest,
    claim: { status: claim.status, groups: claim.groups, path: claim.path, codes },
    first,
    remarks: remarksOf(diagnostics),
  };
}

export function modelResolution({ remarks, ...rest }: ModelResolution) {
  return { ...rest, first: rest.claim.codes, remarks: sorted(remarks) };
}

export function planOf({ resolution, ...rest }: SyncPlan) {
  return { ...rest, resolution: resolutionOf(resolution) };
}

export function modelPlan({ resolution, ...rest }: ModelPlan) {
  return { ...rest, resolution: modelResolution(resolution) };
}

export function sortedRemarks(remarks: Remark[]): Remark[] {
  return sorted(remarks);
}

/** "A name alone is short for `{ name }`", and an item left out is text. */
export function claimOf(claim: ClaimOptions) {
  return sourcesOf(claim).map(({ name, delimiter, item, required, ...rest }) => ({
    ...rest,
    name: listOf(name),
    delimiter: listOf(delimiter),
    item: item ?? "text",
    required: required ?? false,
  }));
}

/** "A field that is `null` is as good as absent", and is not kept. */
export function withoutNulls<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (_, field) => (field === null ? undefined : field));
}

/** As `new GroupSync` takes it. */
export function configOf({ mapping, claim, catalog, policy }: Configuration) {
  return { mapping: mapping.text, claim, catalog, policy };
}
