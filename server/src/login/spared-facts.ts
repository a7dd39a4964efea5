// What the facts of a decision come to with a token: claims that no token has had, before this one either, take nothing from anybody.

import type { ClaimOptions } from "idp-group-sync";
import { unrecordedClaims } from "../claims/seen-claims.ts";
import type { DatabaseTransaction } from "../database/schema.ts";
import type { EngineDocuments, EngineVersion } from "./engines.ts";
import type { LockedFacts } from "./locked-facts.ts";
import { claimSeen, claimsOf, isCarried, sparingUnseen } from "./unseen-claims.ts";

export interface SparedFacts {
  version: EngineVersion;
  documents: () => Promise<EngineDocuments>;
  /** What the engine is told of the token. */
  said: { claims?: object; claimSeen?: boolean };
  /** Claims that the token is the first to carry, to be recorded. */
  first: ClaimOptions[];
}

/** Without a token, nothing is looked for. */
export async function spareUnseen(
  transaction: DatabaseTransaction,
  { settings, version, documents }: Pick<LockedFacts, "settings" | "version" | "documents">,
  token: object | null,
): Promise<SparedFacts> {
  if (!token) return { version, documents, said: {}, first: [] };
  const unrecorded = await unrecordedClaims(transaction, claimsOf(settings));
  const unseen = unrecorded.filter((claim) => !isCarried(token, claim));
  return {
    version: { ...version, unseen },
    documents: async () => ({ ...(await documents()), settings: sparingUnseen(settings, unseen) }),
    said: { claims: token, claimSeen: claimSeen(token, settings, unseen) },
    first: unrecorded.filter((claim) => !unseen.includes(claim)),
  };
}
