// Requests are held against the schemas as they are: nothing is dropped from a body in silence, and nothing in it is converted.

import { Ajv, type Options } from "ajv";
import addFormats from "ajv-formats";
import type { FastifyInstance, FastifySchemaValidationError } from "fastify";
import { namedSchemas } from "./schemas/named.ts";

export function checkBySchema(server: FastifyInstance): void {
  for (const schema of namedSchemas) server.addSchema(schema);
  const bodies = newAjv({});
  const addresses = newAjv({ coerceTypes: true }); // in an address everything is text
  server.setValidatorCompiler(({ schema, httpPart }) => (httpPart === "body" ? bodies : addresses).compile(schema));
  // Answers are of the schemas' types already, which the compiler sees to. Serialising by schema would drop what a schema forgets.
  server.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
}

function newAjv(options: Options): Ajv {
  const ajv = new Ajv({ discriminator: true, useDefaults: true, ...options });
  addFormats.default(ajv);
  for (const schema of namedSchemas) ajv.addSchema(schema);
  return ajv;
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
  return keyword === "pattern" ? "holds a character that cannot be stored" : otherwise; // see `text` of the schemas
}

function placeOf({ instancePath, keyword, params }: FastifySchemaValidationError): string[] {
  const steps = instancePath.split("/").slice(1).map(unescaped);
  // The place of a field that is too many, or not there, is the field's.
  const field = keyword === "additionalProperties" ? params.additionalProperty : params.missingProperty;
  return typeof field === "string" ? [...steps, field] : steps;
}

const unescaped = (step: string) => step.replaceAll("~1", "/").replaceAll("~0", "~");

/** In the engine's notation: `settings.workspaces[1].id`. */
function join(path: string, step: string): string {
  if (/^\d+$/.test(step)) return `${path}[${step}]`;
  return path === "" ? step : `${path}.${step}`;
}
