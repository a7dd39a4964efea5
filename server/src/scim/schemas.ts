// What users and groups have, by RFC 7643. The definitions come from `scimmy`; from these are made the documents at `/Schemas`, and what reads
// bodies, paths and filters. Its own reading and patching is not used: `docs/scim.md` says why.

import SCIMMY from "scimmy";

export interface Attribute {
  name: string;
  isMulti: boolean;
  /** Whether texts are told apart by case. */
  isCaseExact: boolean;
  isReadOnly: boolean;
  isBoolean: boolean;
  isMoment: boolean;
  /** Of a complex one, by name in lower case; `null` for a simple one. */
  parts: Attributes | null;
}

/** By name in lower case, as names of attributes are. */
export type Attributes = ReadonlyMap<string, Attribute>;

export interface ResourceSchema {
  id: string;
  name: "User" | "Group";
  attributes: Attributes;
  /** By URN in lower case. */
  extensions: ReadonlyMap<string, { id: string; attributes: Attributes }>;
}

type Definition = InstanceType<typeof SCIMMY.Types.SchemaDefinition>;
type Defined = InstanceType<typeof SCIMMY.Types.Attribute>;

const { User, Group, EnterpriseUser } = SCIMMY.Schemas;

/** No password is ever stored, nor what nobody needs here to tell people apart. */
const leftOut = ["password", "x509Certificates"];
const readOnly = ["schemas", "id", "meta", "groups"];

export const enterpriseId = EnterpriseUser.definition.id;

export const userSchema: ResourceSchema = {
  id: User.definition.id,
  name: "User",
  attributes: attributesOf(User.definition),
  extensions: new Map([
    [enterpriseId.toLowerCase(), { id: enterpriseId, attributes: attributesOf(EnterpriseUser.definition, true) }],
  ]),
};

export const groupSchema: ResourceSchema = {
  id: Group.definition.id,
  name: "Group",
  attributes: attributesOf(Group.definition),
  extensions: new Map(),
};

/** Whether it is an attribute that is ignored wherever it comes. */
export function isLeftOut(name: string): boolean {
  return leftOut.some((one) => one.toLowerCase() === name.toLowerCase());
}

function attributesOf({ attributes }: Definition, isExtension = false): Attributes {
  const own = attributes.filter(({ name, config }) => !isLeftOut(name) && !(isExtension && config.shadow));
  return byName(own.map((one) => attributeOf(one, readOnly.includes(one.name))));
}

function attributeOf(defined: Defined, isReadOnly: boolean): Attribute {
  const { name, type, config, subAttributes = [] } = defined;
  return {
    name,
    isMulti: config.multiValued === true,
    isCaseExact: config.caseExact === true,
    isReadOnly,
    isBoolean: String(type) === "boolean",
    isMoment: String(type) === "dateTime",
    parts: String(type) === "complex" ? byName(subAttributes.map((part) => attributeOf(part, isReadOnly))) : null,
  };
}

function byName(attributes: Attribute[]): Attributes {
  return new Map(attributes.map((one) => [one.name.toLowerCase(), one]));
}

/** The documents at `/Schemas`. */
export function describedSchemas(base: string): Record<string, unknown>[] {
  return [User, Group, EnterpriseUser].map(({ definition }) => {
    const { attributes, ...described } = JSON.parse(JSON.stringify(definition.describe(`${base}/Schemas`)));
    return { ...described, attributes: attributes.filter(({ name }: { name: string }) => !isLeftOut(name)) };
  });
}
