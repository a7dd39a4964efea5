// Schemas that stand once in the OpenAPI document and are referred to by name.

import { type Static, type TSchema, Type } from "typebox";

export type Named<Schema extends TSchema> = Schema & { $id: string };

/** Every named schema, for whoever resolves references. */
export const namedSchemas: Named<TSchema>[] = [];

export function named<Schema extends TSchema>(name: string, schema: Schema): Named<Schema> {
  const result = { ...schema, $id: name };
  namedSchemas.push(result);
  return result;
}

/** Stands for the schema where it is used. */
export function use<Schema extends TSchema>(schema: Named<Schema>) {
  return Type.Unsafe<Static<Schema>>({ $ref: `${schema.$id}#` });
}

/** An object of exactly these fields. */
export function exact<Properties extends Record<string, TSchema>>(properties: Properties, description?: string) {
  return Type.Object(properties, { additionalProperties: false, ...(description !== undefined && { description }) });
}

export const nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** One of several objects, told apart by a field that each of them has as a constant; so a fault is told of the right one. */
export function tagged<Schemas extends TSchema[]>(field: string, schemas: [...Schemas], description?: string) {
  return Type.Unsafe<Static<Schemas[number]>>({
    type: "object",
    required: [field],
    discriminator: { propertyName: field },
    oneOf: schemas,
    ...(description !== undefined && { description }),
  });
}
