// Decisions: the package against JavaScript written by hand for the same work, which gives the same results.

import assert from "node:assert/strict";
import { GroupSync, LoginSync } from "idp-group-sync";
import { byNumber } from "../pkg/dist/testing.js";
import { compileByHand, decideByHand, planByHand, resolveByHand } from "./decide/hand.mjs";
import { configuration, membership, settings, tokens } from "./decide/inputs.mjs";
import { measure } from "./support/measure.mjs";
import { microseconds, times } from "./support/report.mjs";

const SIZES = [
  { entries: 10, idpGroups: 5 },
  { entries: 100, idpGroups: 20 },
  { entries: 1000, idpGroups: 200 },
];

export function tables() {
  return [false, true].map((explain) => ({
    heading: explain ? "Decisions with every reason" : "Decisions alone (`explain: false`)",
    note: "Microseconds a call, each with a token that was just parsed.",
    head: ["Call, entries × the user's groups", "By hand", "Package", "Ratio", "Package, as JSON text", "Ratio"],
    rows: SIZES.flatMap((size) => rows(size, "ascii", explain)).concat(rows(SIZES[1], "not ASCII", explain)),
  }));
}

function rows({ entries, idpGroups }, alphabet, explain) {
  const config = configuration(entries, alphabet);
  const fresh = tokens(entries, idpGroups, alphabet);
  const present = membership(entries, idpGroups);
  const hand = compileByHand(config);
  const options = explain ? undefined : { explain };
  const size = `${entries.toLocaleString("en-GB")} × ${idpGroups}${alphabet === "ascii" ? "" : `, ${alphabet}`}`;
  const sync = new GroupSync(config);
  const measured = [
    ["`resolve`", (claims) => resolveByHand(hand, claims, explain), (claims) => sync.resolve(claims, options)],
    ["`plan`", (claims) => planByHand(hand, claims, present, explain), (claims) => sync.plan(claims, present, options)],
    ...[1, 10].map((workspaces) => decides(config, hand, present, explain, workspaces)),
  ];
  return measured.map(([name, byHand, byPackage]) => row(`${name} ${size}`, byHand, byPackage, fresh));
}

function decides(config, hand, present, explain, workspaces) {
  const { settings: instance, catalogs, request } = settings(config, workspaces);
  const sync = new LoginSync(instance, catalogs);
  return [
    workspaces === 1 ? "`decide`" : `\`decide\`, ${workspaces} workspaces,`,
    (claims) => decideByHand(hand, request(claims, present, explain)),
    (claims) => sync.decide(request(claims, present, explain)),
  ];
}

function row(name, byHand, byPackage, fresh) {
  for (const claims of fresh(5)) assert.deepEqual(byPackage(claims), byHand(claims), name);
  const asJson = (claims) => {
    byNumber.isOff = true;
    try {
      return byPackage(claims);
    } finally {
      byNumber.isOff = false;
    }
  };
  const taken = measure({ byHand, byPackage, asJson }, fresh);
  return [
    name,
    microseconds(taken.byHand),
    microseconds(taken.byPackage),
    times(taken.byPackage / taken.byHand),
    microseconds(taken.asJson),
    times(taken.asJson / taken.byHand),
  ];
}
