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

const isInterface = (schema) => schema.properties !== undefined;

/** A schema as a type. */
function type(schema, indent) {
  if (schema.$ref) return schema.$ref.split("/").at(-1);
  const variants = schema.oneOf ?? schema.anyOf;
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
    // Where a property may be left out, `null` is as good as that, and no reason to declare it, unless it has a meaning.
    const shape = isRequired || schema.nullable ? schema : withoutNull(schema);
    return `${comment(schema, inside)}${inside}${name}${isRequired ? "" : "?"}: ${type(shape, inside)};\n`;
  });
  return `{\n${lines.join("")}${indent}}`;
}

function withoutNull(schema) {
  const { type, anyOf } = schema;
  if (Array.isArray(type)) return { ...schema, type: type.filter((name) => name !== "null") };
  return anyOf ? { ...schema, anyOf: anyOf.filter((variant) => variant.type !== "null") } : schema;
}

const union = (types) => [...new Set(types)].join(" | ");
const bracketed = (type) => (type.includes(" | ") ? `(${type})` : type);

/** What Rust's documentation says of it, without examples in Rust and links within it. */
function comment({ description }, indent) {
  if (!description) return "";
  const text = description.split("\n\n```")[0].replaceAll(/\[(`[^`]+`)\](\([^)]+\))?/g, "$1");
  const lines = text.split("\n");
  if (lines.length === 1) return `${indent}/** ${text} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join("\n")}\n${indent} */\n`;
}
