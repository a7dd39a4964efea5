import { type ClaimOptions, GroupSyncError, readGroups } from "idp-group-sync";
import { claimFields, withClaimFields } from "../claim-fields.js";

/** The setting that an edited text gives: JSON, or else another name. */
export function withClaimText(claim: ClaimOptions, text: string): ClaimOptions {
  return settingIn(text) ?? (claimFields(claim) ? withClaimFields(claim, { name: text }) : text);
}

/** The setting that is written as JSON, if the engine takes it. */
function settingIn(text: string): ClaimOptions | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const setting = JSON.parse(text) as ClaimOptions;
    readGroups({}, setting);
    return setting;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof GroupSyncError) return undefined;
    throw error;
  }
}
