// Why somebody does not get a role or group: the ways to it, as the engine proves them, and what of each they lack.
import type { Counterexample, Guarantee, Resolution, Verdict } from "idp-group-sync";
import type { Configuration } from "./configuration.js";
import { InputError } from "./exit.js";
import { entryText, quoted, unmetLine } from "./names.js";
import { originsOfConfiguration, withOrigins } from "./origins.js";
import type { Output } from "./terminal.js";
import { labelled } from "./trace.js";

export interface WhyNot {
  name: string;
  kind: "group" | "role";
  /** Whether they get it after all. */
  granted: boolean;
  /** Some ways to it. Nobody comes to it if there are none and `isKnown`. */
  ways: (Counterexample & { missing: string[] })[];
  /** Whether looking for them did not take too long. */
  isKnown: boolean;
}

/** So many ways are shown. */
const most = 10;

/** Looks for ways to a group, or where there is no such group, to a role. */
export async function whyNot(name: string, resolution: Resolution, configuration: Configuration): Promise<WhyNot> {
  const kind = configuration.config.catalog.groups.some((group) => group.name === name) ? "group" : "role";
  const had = new Set(resolution.claim.groups);
  const granted =
    resolution.role !== null && (kind === "group" ? resolution.groups.includes(name) : resolution.role === name);
  const ways: WhyNot["ways"] = [];
  const known: string[] = [];
  let verdict: Verdict = "fails";
  // Asked even of what they have, as it tells whether there is such a role.
  while (verdict === "fails" && ways.length < most) {
    const proof = await prove({ name, only: { [kind]: name, groups: known } } as Guarantee, configuration);
    verdict = proof.verdict;
    if (granted || proof.counterexample === undefined) break;
    const { idpGroups } = proof.counterexample;
    const missing = idpGroups.filter((group) => !had.has(group));
    ways.push({ ...proof.counterexample, missing });
    // The next way is one without what this one lacks.
    const next = missing[0] ?? idpGroups[0];
    if (next === undefined) break;
    known.push(next);
  }
  return { name, kind, granted, ways, isKnown: verdict !== "unknown" };
}

async function prove(guarantee: Guarantee, configuration: Configuration) {
  const origins = originsOfConfiguration(configuration, ["config"]);
  const [proof] = await withOrigins([origins], ({ proveGuarantees }) =>
    proveGuarantees(configuration.config, [guarantee]),
  ).catch((error: unknown) => {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`--why-not: there is no group and no role called ${quoted(guarantee.name)}`);
  });
  if (proof === undefined) throw new Error("there is a result for each guarantee");
  return proof;
}

export function whyNotLines(why: WhyNot, resolution: Resolution, { mapping }: Configuration, output: Output): string[] {
  const { name, kind, granted, ways, isKnown } = why;
  const what = `${kind} ${quoted(name)}`;
  if (granted) return [labelled("why not", `${what} is granted`, output)];
  const lines = ways.flatMap(({ grant, missing, idpGroups, requires }) => {
    const entry = grant?.entry;
    const by =
      entry === undefined
        ? `by the name of the IdP group ${quoted(idpGroups[0] ?? name)}`
        : `by ${entryText(entry, mapping)}`;
    const through = grant !== undefined && grant.target !== name ? `, with ${grant.kind} ${quoted(grant.target)}` : "";
    const role = requires === undefined ? "" : `, which requires ${quoted(requires)}`;
    const unmet = resolution.unmet.find((one) => one.entry.start === entry?.start && one.text === undefined);
    return [
      `    ${by}${through}${role}`,
      ...(unmet === undefined ? missing.map((group) => lacks(group, resolution)) : [unmetLine(unmet, mapping)]).map(
        (line) => `        ${line}`,
      ),
    ];
  });
  const none = isKnown ? "nothing in the mapping gives it" : "looking for ways to it would take too long";
  const decided = resolution.outcome === "deny" || resolution.outcome === "keep" ? [resolution.outcome] : [];
  const because = decided.map((outcome) => `; whatever the groups say, the outcome is ${outcome}`).join("");
  const heading = lines.length === 0 ? `${what}: ${none}` : `${what} is given`;
  return [labelled("why not", `${heading}${because}`, output), ...lines];
}

/** One IdP group that is missing, and what in the token looks like it. */
function lacks(group: string, { matches }: Resolution): string {
  const alike = matches.filter(({ nearMisses }) => nearMisses.includes(group)).map(({ idpGroup }) => quoted(idpGroup));
  const near = alike.length === 0 ? "" : `; ${alike.join(", ")} looks the same, but names are compared exactly`;
  return `needs ${quoted(group)}, which is not there${near}`;
}
