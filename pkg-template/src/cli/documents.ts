// Reading documents: JSON, or YAML by the file's name.
import type { DataDocument } from "./data-document.js";
import { InputError } from "./exit.js";
import { readText, type SourceText } from "./inputs.js";
import { JsonDocument } from "./json.js";
import { visible } from "./visible.js";
import { yamlDocument } from "./yaml.js";

/** Reads a file of JSON, or of YAML if its name says so. */
export async function readDocument(path: string, description: string): Promise<DataDocument> {
  return documentOf(await readText(path, description));
}

/** What a text holds, without the `$schema` that its author's editor reads. */
export async function documentOf(source: SourceText): Promise<DataDocument> {
  const document = isYaml(source.file) ? await yamlDocument(source) : new JsonDocument(source);
  const { value } = document;
  if (isObject(value) && Object.hasOwn(value, "$schema")) {
    if (typeof value.$schema !== "string") {
      const { line, column } = document.placeOf(["$schema"]);
      throw new InputError(`${visible(source.name)}:${line}:${column}: $schema: expected the address of a JSON Schema`);
    }
    delete value.$schema;
  }
  return document;
}

/** Whether a file holds a document by its name; the text of a mapping has another one. */
export function isDocument(file: string | undefined): boolean {
  return isYaml(file) || /\.json$/i.test(file ?? "");
}

function isYaml(file: string | undefined): boolean {
  return /\.ya?ml$/i.test(file ?? "");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
