import {
  type Catalog,
  type ClaimOptions,
  GroupSync,
  GroupSyncError,
  type Policy,
  type Resolution,
} from "idp-group-sync";

/** What the engine makes of one login, or why it can't. */
export type Preview =
  | { kind: "resolution"; resolution: Resolution }
  | { kind: "invalid-mapping"; error: GroupSyncError }
  | { kind: "invalid-input"; error: GroupSyncError };

/** Asks the engine what a login with these claims would do. */
export function previewLogin(
  config: { mapping: string; claim: ClaimOptions; catalog: Catalog; policy: Policy },
  claims: object,
): Preview {
  let sync: GroupSync | undefined;
  try {
    sync = new GroupSync(config);
    return { kind: "resolution", resolution: sync.resolve(claims) };
  } catch (error) {
    if (!(error instanceof GroupSyncError)) throw error;
    return { kind: error.code === "invalid-mapping" ? "invalid-mapping" : "invalid-input", error };
  } finally {
    sync?.free();
  }
}
