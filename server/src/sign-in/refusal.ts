// A login that the engine refused, in the engine's words.

import type { LoginOutcome } from "idp-group-sync";
import { Problem } from "../pages/problem.ts";

export function refusal({ reason, message }: LoginOutcome): Problem {
  return new Problem({
    status: 403,
    code: reason ?? "refused",
    title: "You cannot come in",
    detail: message ?? "Ask your administrator.",
    isAudited: true,
  });
}
