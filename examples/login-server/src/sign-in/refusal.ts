// A login that the engine refused, in the engine's words.

import type { LoginOutcome } from "idp-group-sync";
import { Problem } from "../pages/problem.ts";

export function refusal({ message }: LoginOutcome): Problem {
  return new Problem({ status: 403, title: "You cannot come in", detail: message ?? "Ask your administrator." });
}
