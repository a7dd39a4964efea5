// Guarantees as sentences. Whether they hold is the engine's to say.

import type { Counterexample, Guarantee, GuaranteeResult, Policy } from "idp-group-sync";
import type { Text } from "idp-group-sync-elements/internal/messages/phrases.js";
import { messages } from "../../messages/language.js";
import { labelled } from "./groups.js";

/** What it promises. */
export function guaranteeText({ only, never }: Guarantee): Text {
  const { says } = messages().guarantees;
  const reach = only ?? never;
  const target = reach?.role ?? reach?.group ?? "";
  return (only ? says.only : says.never)(target, (reach?.groups ?? []).map(labelled));
}

export function proofState({ verdict }: GuaranteeResult): "green" | "red" | "unknown" {
  return verdict === "holds" ? "green" : verdict === "fails" ? "red" : "unknown";
}

/** Why it does not hold; nothing where it does. */
export function brokenText({ verdict, counterexample }: GuaranteeResult): Text | null {
  if (counterexample) return counterexampleText(counterexample);
  return verdict === "unknown" ? messages().guarantees.unknown : null;
}

function counterexampleText({ idpGroups, grant, requires }: Counterexample): Text {
  const m = messages().guarantees;
  const who = idpGroups.length === 0 ? m.nobodyInGroups : m.somebodyIn(idpGroups.map(labelled));
  if (!grant) return m.breaks(who, m.hasLowest, "", "");
  const does = grant.kind === "role" ? m.becomes(grant.target) : m.joins(grant.target);
  const by = grant.entry ? m.byLine(grant.entry.line) : m.byName;
  return m.breaks(who, does, by, requires === undefined ? "" : m.raisedTo(requires));
}

/** What else there is to know of a proof. */
export function proofNotes({ unnamed, outside }: GuaranteeResult): Text[] {
  const m = messages().guarantees;
  const questions = outside.map((path) => {
    const field = path.replace("policy.", "") as keyof Policy;
    return messages().policy[field].question;
  });
  return [...(unnamed.length > 0 ? [m.unnamed(unnamed)] : []), ...(questions.length > 0 ? [m.outside(questions)] : [])];
}
