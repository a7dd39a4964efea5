// What else decides which groups a user gets, put to the same decision: an entry for each group of the application, and a user's
// IdP groups. Every one of them is given the form that suits it best, and compiles all that it can before the first login.

import assert from "node:assert/strict";
import * as cedar from "@cedar-policy/cedar-wasm/nodejs";
import { newEnforcer, newModelFromString } from "casbin";
import { GroupSync } from "idp-group-sync";
import jmespath from "jmespath";
import { LogicEngine } from "json-logic-engine";
import jsonLogic from "json-logic-js";
import { configuration, tokens } from "./decide/inputs.mjs";
import { measure } from "./support/measure.mjs";
import { microseconds, times } from "./support/report.mjs";

const SIZES = [
  { entries: 100, idpGroups: 20 },
  { entries: 1000, idpGroups: 200 },
];

export async function tables() {
  const columns = [];
  for (const size of SIZES) columns.push(await column(size));
  return [
    {
      heading: "The same decision by other means",
      note:
        "Microseconds a login, and how many times as long as the package's decision alone takes. Only the package says why " +
        "(first row), raises roles, and tells a token without groups from one with none.",
      head: [
        "Decided by",
        ...SIZES.flatMap(({ entries, idpGroups }) => [`${entries.toLocaleString("en-GB")} × ${idpGroups}`, "Ratio"]),
      ],
      rows: Object.keys(columns[0]).map((name) => [
        name,
        ...columns.flatMap((taken) => [microseconds(taken[name]), times(taken[name] / taken[PACKAGE])]),
      ]),
    },
  ];
}

const PACKAGE = "`idp-group-sync`, the decision alone";

async function column({ entries, idpGroups }) {
  const config = configuration(entries);
  const pairs = config.mapping.split("\n").map((line) => line.split(" -> "));
  const sync = new GroupSync(config);
  const contenders = {
    "`idp-group-sync`, every reason": (claims) => sync.resolve(claims).groups,
    [PACKAGE]: (claims) => sync.resolve(claims, { explain: false }).groups,
    "`jmespath`": byJmespath(pairs),
    "`json-logic-js`": byJsonLogic(pairs),
    "`json-logic-engine`": byLogicEngine(pairs),
    "`casbin`": await byCasbin(pairs),
    "`@cedar-policy/cedar-wasm`": byCedar(pairs),
  };
  const fresh = tokens(entries, idpGroups);
  for (const claims of fresh(2)) {
    const expected = contenders[PACKAGE](claims).toSorted();
    for (const [name, decide] of Object.entries(contenders)) {
      assert.deepEqual([...new Set(decide(claims))].toSorted(), expected, name);
    }
  }
  return measure(contenders, fresh);
}

/** An expression such as Grafana takes for roles: what it yields for each entry, without the nulls. */
function byJmespath(pairs) {
  const literal = (name) => `'${name}'`;
  const terms = pairs.map(([source, target]) => `contains(groups, ${literal(source)}) && ${literal(target)} || null`);
  const expression = `[${terms.join(", ")}][?@]`;
  return (claims) => jmespath.search(claims, expression);
}

function logic(pairs) {
  const terms = pairs.map(([source, target]) => ({ if: [{ in: [source, { var: "groups" }] }, target, null] }));
  return { filter: [terms, { var: "" }] };
}

function byJsonLogic(pairs) {
  // A filter reads its items only, so the terms are evaluated first.
  const terms = logic(pairs).filter[0];
  return (claims) => jsonLogic.apply(terms, claims).filter((target) => target !== null);
}

function byLogicEngine(pairs) {
  const run = new LogicEngine().build(logic(pairs).filter[0]);
  return (claims) => run(claims).filter((target) => target !== null);
}

/** The policy's lines that name each of the user's groups: casbin's own question costs a matcher for each pair of groups. */
async function byCasbin(pairs) {
  const model = newModelFromString(`
    [request_definition]
    r = sub, obj
    [policy_definition]
    p = sub, obj
    [policy_effect]
    e = some(where (p.eft == allow))
    [matchers]
    m = r.sub == p.sub && r.obj == p.obj
  `);
  const enforcer = await newEnforcer(model);
  await enforcer.addPolicies(pairs);
  const compiled = enforcer.getModel();
  return ({ groups }) =>
    groups.flatMap((group) => compiled.getFilteredPolicy("p", "p", 0, group).map(([, target]) => target));
}

/** A question for each group of the application, with policies that were parsed before. */
function byCedar(pairs) {
  const policies = pairs.map(
    ([source, target]) =>
      `permit(principal in IdpGroup::"${source}", action == Action::"join", resource == AppGroup::"${target}");`,
  );
  const id = `pairs-${pairs.length}`;
  assert.equal(cedar.preparsePolicySet(id, { staticPolicies: policies.join("\n") }).type, "success");
  return ({ sub, groups }) => {
    const uid = { type: "User", id: sub };
    const entities = [{ uid, attrs: {}, parents: groups.map((group) => ({ type: "IdpGroup", id: group })) }];
    return pairs
      .map(([, target]) => target)
      .filter((target) => {
        const answer = cedar.statefulIsAuthorized({
          principal: uid,
          action: { type: "Action", id: "join" },
          resource: { type: "AppGroup", id: target },
          context: {},
          entities,
          preparsedPolicySetId: id,
        });
        return answer.response.decision === "allow";
      });
  };
}
