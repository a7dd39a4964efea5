// TypeScript declarations of the data that goes in and out, from its JSON Schemas.

/** Declarations of everything that is `read` and `written`, by name; what is both has to have one shape. */
export function declareTypes({ read, written }) {
  const names = [...new Set([...Object.keys(read), ...Object.keys(written)])].sort();
  return Object.fromEntries(names.map((name) => [name, declaration(name)]));

  function declaration(name) {
    const [shape, other] = [read[name], written[name]].filter(Boolean);
    if (other && bare(shape) !== bare(other)) throw new Error(`what is read as ${name} is written in another shape`);
    return `${comment(shape, "")}${isInterface(shape) ? `export interface ${name} ` : `export type ${name} = `}${body(shape)}`;
  }

  function bare(shape) {
    return body(shape).replaceAll(/\/\*\*.*?\*\/\s*/gs, "");
  }

  function body(shape) {
    return isInterface(shape) ? object(shape, "") : `${type(shape, "")};`;
  }
}

const isInterface = (schema) => schema.properties !== undefined && schema.oneOf === undefined;

/** A schema as a type. */
function type(schema, indent) {
  if (schema === false) return "undefined";
  if (schema.$ref) return schema.$ref.split("/").at(-1);
  const variants = schema.oneOf ?? schema.anyOf;
  if (variants && schema.properties) return outcomes(schema, indent);
  if (variants) return union(variants.map((variant) => type(variant, indent)));
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return union(schema.enum.map((value) => JSON.stringify(value)));
  return union([schema.type].flat().map((name) => named(name, schema, indent)));
}

function named(name, schema, indent) {
  switch (name) {
    case "integer":
      return "number";
    case "array":
      return `${bracketed(type(schema.items, indent))}[]`;
    case "object":
      if (schema.properties) return object(schema, indent);
      return schema.additionalProperties === true
        ? "object"
        : `Record<string, ${type(schema.additionalProperties, indent)}>`;
    case "string":
    case "number":
    case "boolean":
    case "null":
      return name;
    default:
      throw new Error(`no type is known for ${JSON.stringify(schema)}`);
  }
}

function object({ properties, required = [] }, indent) {
  const inside = `${indent}  `;
  const lines = Object.entries(properties).map(([name, schema]) => {
    const isRequired = required.includes(name);
    const shape = isRequired ? schema : withoutNull(schema);
    return `${comment(schema, inside)}${inside}${name}${isRequired ? "" : "?"}: ${type(shape, inside)};\n`;
  });
  return `{\n${lines.join("")}${indent}}`;
}

/** Where a property may be left out, `null` is as good as that, and no reason to declare it, unless it has a meaning. */
export function withoutNull(schema) {
  const { type, anyOf, nullable, ...rest } = schema;
  if (schema === false || nullable) return schema;
  if (Array.isArray(type)) return { type: only(type.filter((name) => name !== "null")), ...rest };
  if (!anyOf) return schema;
  const variants = anyOf.filter((variant) => variant.type !== "null");
  return variants.length === 1 ? { ...variants[0], ...rest } : { anyOf: variants, ...rest };
}

const only = (list) => (list.length === 1 ? list[0] : list);

/** An object that has more or less, depending on one property: what all have, and what each has besides. */
function outcomes({ properties, required = [], oneOf: grouped }, indent) {
  const oneOf = grouped.flatMap(each);
  const telling = new Set(oneOf.flatMap((outcome) => outcome.required));
  const common = Object.entries(properties).filter(([name]) => !telling.has(name));
  const variants = oneOf.map((outcome) => {
    const own = Object.entries(properties).filter(
      ([name]) => outcome.required.includes(name) || name in outcome.properties,
    );
    const shapes = own.map(([name, schema]) => {
      const { description } = schema;
      const own = outcome.properties[name] ?? schema;
      return [name, own === false ? own : { ...own, description }];
    });
    return object({ properties: Object.fromEntries(shapes), required: outcome.required }, indent);
  });
  return `${object({ properties: Object.fromEntries(common), required }, indent)} & (\n${indent}  | ${variants.join(`\n${indent}  | `)}\n${indent})`;
}

/** An outcome that is told by several words, once for each of them, so that `Extract` finds it by one. */
function each(outcome) {
  const [name, { enum: words }] = Object.entries(outcome.properties).find(([, schema]) => schema.enum) ?? [null, {}];
  if (name === null) return [outcome];
  return words.map((word) => ({ ...outcome, properties: { ...outcome.properties, [name]: { const: word } } }));
}

const union = (types) => [...new Set(types)].join(" | ");
const bracketed = (type) => (type.includes(" | ") ? `(${type})` : type);

function comment({ description }, indent) {
  if (!description) return "";
  const text = withoutRust(description);
  const lines = text.split("\n");
  if (lines.length === 1) return `${indent}/** ${text} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join("\n")}\n${indent} */\n`;
}

/** What Rust's documentation says, without examples in Rust and links within it. */
export function withoutRust(description) {
  return (
    description
      .split("\n\n```")[0]
      .replaceAll(/\[(`[^`]+`)\](\([^)]+\))?/g, "$1")
      // What Rust calls otherwise: a variant is its text, a method is called by a dot, and what there may be none of is absent.
      .replaceAll(/`\w+::([A-Z]\w*)`/g, (_, variant) => `\`${kebabCase(variant)}\``)
      .replaceAll(/`(\w+)::(\w+)`/g, (_, type, method) => `\`${type}.${camelCase(method)}\``)
      .replaceAll("`None`", "absent")
  );
}

const kebabCase = (name) => name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
const camelCase = (name) => name.replaceAll(/_([a-z])/g, (_, letter) => letter.toUpperCase());
