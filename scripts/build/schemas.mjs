// The JSON Schemas that editors and checks read, a file for each document: made of those of the engine's types.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withoutNull, withoutRust } from "./typescript.mjs";

const draft = "https://json-schema.org/draft/2020-12/schema";
const address = { type: "string", description: "The address of this schema, for editors; it changes nothing." };
const ref = (name) => ({ $ref: `#/$defs/${name}` });
const list = (items) => ({ type: "array", items });
const file = (what) => ({
  type: "string",
  description: `A file with the ${what}, relative to this one; in the place of \`${what}\`.`,
});

/** What is read from a file of its own, by the name of its schema. */
const documents = {
  settings: (read) => document(read.SettingsFile),
  configuration: ({ GroupSyncConfig }) => {
    const { required: _, ...config } = GroupSyncConfig;
    const files = { mappingFile: file("mapping"), catalogFile: file("catalog"), policyFile: file("policy") };
    return document({ ...config, properties: { ...config.properties, ...files } });
  },
  catalog: (read) => document(read.Catalog),
  policy: (read) => document(read.Policy),
  membership: (read) => document(read.Membership),
  guards: (read) => document(read.Guards),
  scenarios: () => ({
    description: "What is expected of a configuration: scenarios, or an object of these and guarantees.",
    anyOf: [
      list(ref("Scenario")),
      document({
        type: "object",
        additionalProperties: false,
        properties: { scenarios: list(ref("Scenario")), guarantees: list(ref("Guarantee")) },
      }),
    ],
  }),
  "idp-groups": () => ({ description: "The IdP groups that are known.", ...list(ref("IdpGroup")) }),
  "users-line": ({ Scenario }) => {
    const { claims, groups } = Scenario.properties;
    const properties = {
      id: { type: "string", description: "The user's id." },
      claims,
      groups,
      membership: { ...ref("Membership"), description: "What the user has; left out of a new member." },
      guards: { ...ref("Guards"), description: "What may refuse a change." },
      provider: {
        type: ["string", "null"],
        description: "The provider that the user comes from, where there are several.",
      },
      exempt: { type: "boolean", description: "Whether syncs leave the user alone." },
    };
    const description = "A user, as a line of the users of an impact.";
    return { description, type: "object", additionalProperties: false, properties, required: ["id"] };
  },
  "directory-line": ({ ReconcileRequest }) => ({
    ...ReconcileRequest,
    description: "A user, as a line of what a directory says.",
    properties: { id: { type: "string", description: "The user's id." }, ...ReconcileRequest.properties },
    required: ["id", ...ReconcileRequest.required],
  }),
};

/** What the commands print as JSON; of a list, its schema is that of one of them. */
const outputs = {
  diagnostic: "Diagnostic",
  resolution: "Resolution",
  plan: "SyncPlan",
  "mapping-diff": "MappingDiff",
  "scenario-result": "ScenarioResult",
  "guarantee-result": "GuaranteeResult",
  "impact-change": "ImpactChange",
  "impact-summary": "ImpactSummary",
  "reconcile-change": "ReconcileChange",
  "reconcile-summary": "ReconcileSummary",
  "imported-mapping": "ImportedMapping",
};

/** Writes them into the folder `schemas` of the package. */
export function writeSchemas(packageFolder, { read, written }) {
  const folder = join(packageFolder, "schemas");
  mkdirSync(folder, { recursive: true });
  const write = (name, schema, definitions) => {
    const $defs = Object.fromEntries(reached(schema, definitions).map((found) => [found, definitions[found]]));
    const whole = { $schema: draft, ...schema, ...(Object.keys($defs).length > 0 && { $defs }) };
    writeFileSync(join(folder, `${name}.json`), text(whole));
  };
  for (const [name, make] of Object.entries(documents)) write(name, make(read), read);
  for (const [name, type] of Object.entries(outputs)) write(name, written[type], written);
  writeFileSync(join(folder, "definitions.json"), text({ $schema: draft, $defs: declared({ ...written, ...read }) }));
}

/** Every type by its name, as the declarations have it, for whoever describes an API: what may be left out is not `null`. */
function declared(definitions) {
  return JSON.parse(JSON.stringify(definitions), (_, schema) => {
    if (!schema?.properties) return schema;
    const { properties, required = [] } = schema;
    const fields = Object.entries(properties).map(([name, inner]) => {
      if (inner === false) return [name, inner];
      const { nullable: _, default: otherwise, ...shape } = required.includes(name) ? inner : withoutNull(inner);
      const isDefault = otherwise !== undefined && !/\bnull\b/.test(JSON.stringify(otherwise));
      return [name, { ...shape, ...(isDefault && { default: otherwise }) }];
    });
    return { ...schema, properties: Object.fromEntries(fields) };
  });
}

const text = (schema) => `${JSON.stringify(described(schema), null, 2)}\n`;

function document(schema) {
  return { ...schema, properties: { $schema: address, ...schema.properties } };
}

/** The definitions that a schema leads to, in the order of their names. */
function reached(schema, definitions) {
  const found = new Set();
  const waiting = [schema];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const [, name] of JSON.stringify(next).matchAll(/"#\/\$defs\/(\w+)"/g)) {
      if (found.has(name)) continue;
      if (definitions[name] === undefined) throw new Error(`there is no definition of ${name}`);
      found.add(name);
      waiting.push(definitions[name]);
    }
  }
  return [...found].sort();
}

/** Whoever writes JSON knows nothing of Rust. */
function described(value) {
  if (Array.isArray(value)) return value.map(described);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === "description" && typeof inner === "string" ? withoutRust(inner) : described(inner),
    ]),
  );
}
