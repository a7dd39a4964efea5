// Requests are held against the schemas as they are: nothing is dropped from a body in silence, and nothing in it is converted.

import { Ajv2020, type Options } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { FastifyInstance, FastifySchemaValidationError } from "fastify";
import { byId, engineSchemas, type JsonSchema } from "./schemas/engine.ts";
import { namedSchemas } from "./schemas/named.ts";

export function checkBySchema(server: FastifyInstance): void {
  for (const schema of namedSchemas) server.addSchema(schema);
  for (const [$id, schema] of Object.entries(engineSchemas(byId))) server.addSchema({ ...schema, $id });
  const bodies = newAjv({});
  const addresses = newAjv({ coerceTypes: true, useDefaults: true }); // in an address everything is text
  server.setValidatorCompiler(({ schema, httpPart }) => (httpPart === "body" ? bodies : addresses).compile(schema));
  // Answers are of the schemas' types already, which the compiler sees to. Serialising by schema would drop what a schema forgets.
  server.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
}

function newAjv(options: Options): Ajv2020 {
  const ajv = new Ajv2020({ discriminator: true, allowUnionTypes: true, ...options });
  addFormats.default(ajv);
  noteFormats(ajv);
  for (const schema of namedSchemas) ajv.addSchema(schema);
  for (const [$id, schema] of Object.entries(engineSchemas(byId))) ajv.addSchema({ ...forRequests(schema), $id });
  return ajv;
}

/** Those of the engine's numbers, which have a minimum beside them. */
export function noteFormats(ajv: Ajv2020): void {
  for (const format of ["uint", "uint32", "uint64"]) ajv.addFormat(format, true);
}

/** The engine's schema, so that no field is let pass which it does not have, and a fault is told of the alternative that was meant. */
function forRequests(schema: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema), (_, part) => {
    if (part?.type === "object" && part.properties) return { additionalProperties: false, ...part };
    if (!part?.oneOf && !part?.anyOf) return part;
    const { oneOf, anyOf, ...others } = part;
    return { ...others, ...(oneOf ? told(oneOf) : { anyOf: inOneList(anyOf) }) };
  });
}

/** Objects by the field in which each has a word of its own. */
function told(alternatives: JsonSchema[]): JsonSchema {
  const { properties = {} } = alternatives[0];
  const field = Object.keys(properties).find((name) => properties[name].const !== undefined);
  if (field) return { type: "object", required: [field], discriminator: { propertyName: field }, oneOf: alternatives };
  const [words, ...others] = inOneList(alternatives);
  return others.length === 0 ? words : { oneOf: alternatives };
}

/** The words among alternatives. */
function inOneList(alternatives: JsonSchema[]): JsonSchema[] {
  const words = alternatives.flatMap(({ const: word }) => word ?? []);
  const others = alternatives.filter(({ const: word }) => word === undefined);
  return words.length === 0 ? others : [{ enum: words }, ...others];
}

/** The fault that lies deepest: of alternatives, it is of the one that was meant. */
export function schemaFault(errors: FastifySchemaValidationError[]): { code: string; message: string; path?: string } {
  const deepest = errors.reduce((found, error) => (placeOf(error).length > placeOf(found).length ? error : found));
  const { keyword, params, message = "is not as it should be" } = deepest;
  const path = placeOf(deepest).reduce(join, "");
  return { code: "invalid-input", message: words(keyword, params, message), ...(path !== "" && { path }) };
}

function words(keyword: string, params: Record<string, unknown>, otherwise: string): string {
  if (keyword === "enum") return `${otherwise}: ${(params.allowedValues as unknown[]).join(", ")}`;
  if (keyword === "discriminator") return "must be one of those that the OpenAPI document has";
  return keyword === "pattern" ? "holds a character that cannot be stored" : otherwise; // see `text` of the schemas
}

function placeOf({ instancePath, params }: FastifySchemaValidationError): string[] {
  const steps = instancePath.split("/").slice(1).map(unescaped);
  // The place of a field that is too many, or not there, or tells alternatives apart, is the field's.
  const field = params.additionalProperty ?? params.missingProperty ?? params.tag;
  return typeof field === "string" ? [...steps, field] : steps;
}

const unescaped = (step: string) => step.replaceAll("~1", "/").replaceAll("~0", "~");

/** In the engine's notation: `settings.workspaces[1].id`. */
function join(path: string, step: string): string {
  if (/^\d+$/.test(step)) return `${path}[${step}]`;
  return path === "" ? step : `${path}.${step}`;
}
