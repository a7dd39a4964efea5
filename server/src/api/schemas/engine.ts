// What the engine reads and writes. The package has its JSON Schemas and its types, so none of it is described here.

import { createRequire } from "node:module";
import type * as engine from "idp-group-sync";
import { type TOptional, type TUnsafe, Type } from "typebox";
import type { OutcomeFields, PlanFields, ResolutionFields, ScenarioResultFields } from "../../login/fields.ts";
import type { Named } from "./named.ts";

// biome-ignore lint/suspicious/noExplicitAny: a schema is looked into freely
export type JsonSchema = any;

const file = "idp-group-sync/schemas/definitions.json";
const { $defs: definitions }: { $defs: Record<string, JsonSchema> } = createRequire(import.meta.url)(file);

/** The names of those that the API uses, and of all that they lead to. */
const reached = new Set<string>();

/** Each by its name, as the package has it, with references as whoever resolves them writes an address. */
export function engineSchemas(address: (name: string) => string): Record<string, JsonSchema> {
  return Object.fromEntries([...reached].map((name) => [name, definitionOf(name, address)]));
}

function definitionOf(name: string, address: (name: string) => string): JsonSchema {
  return JSON.parse(JSON.stringify(definitions[name]), (key, value) =>
    key === "$ref" ? address(value.slice("#/$defs/".length)) : value,
  );
}

/** Where Fastify and Ajv find a schema that they were given. */
export const byId = (name: string) => `${name}#`;

function type<T>(name: string): Named<TUnsafe<T>> {
  reach(name);
  return { ...Type.Unsafe<T>(definitionOf(name, byId)), $id: name };
}

function reach(name: string): void {
  if (reached.has(name)) return;
  reached.add(name);
  definitionOf(name, (other) => {
    reach(other);
    return other;
  });
}

type Field<T, Name extends keyof T> = TUnsafe<Required<T>[Name]>;
type IsOptional<T, Name extends keyof T> = Partial<Pick<T, Name>> extends Pick<T, Name> ? true : false;
type Fields<T> = {
  [Name in keyof T]-?: IsOptional<T, Name> extends true ? TOptional<Field<T, Name>> : Field<T, Name>;
};

/** Some of an object's fields, for an object of the server's own that has them too. */
export function fieldsOf<T, const Names extends readonly (keyof T & string)[]>(
  schema: Named<TUnsafe<T>>,
  names: Names,
): Fields<Pick<T, Names[number]>> {
  const { properties, required } = schema as JsonSchema;
  const fields = names.map((name) => {
    const field = Type.Unsafe(properties[name]);
    return [name, required.includes(name) ? field : Type.Optional(field)];
  });
  return Object.fromEntries(fields);
}

export const Catalog = type<engine.Catalog>("Catalog");
export const ClaimOptions = type<engine.ClaimOptions>("ClaimOptions");
export const ClaimSuggestion = type<engine.ClaimSuggestion>("ClaimSuggestion");
export const Diagnostic = type<engine.Diagnostic>("Diagnostic");
export const Directory = type<engine.Directory>("Directory");
export const EffectiveSettings = type<engine.EffectiveSettings>("EffectiveSettings");
export const GrantedBy = type<engine.GrantedBy>("GrantedBy");
export const Guarantee = type<engine.Guarantee>("Guarantee");
export const GuaranteeResult = type<engine.GuaranteeResult>("GuaranteeResult");
export const InstanceSettings = type<engine.InstanceSettings>("InstanceSettings");
export const Licence = type<engine.Licence>("Licence");
export const LoginImpactSummary = type<engine.LoginImpactSummary>("LoginImpactSummary");
export const LoginOutcome = type<OutcomeFields>("LoginOutcome");
export const LoginRefusals = type<engine.LoginRefusals>("LoginRefusals");
export const LoginUser = type<engine.LoginUser>("LoginUser");
export const LoginWorkspace = type<engine.LoginWorkspace>("LoginWorkspace");
export const MatchedVia = type<engine.MatchedVia>("MatchedVia");
export const MemberStatus = type<engine.MemberStatus>("MemberStatus");
export const Membership = type<engine.Membership>("Membership");
export const PlanStatus = type<engine.PlanStatus>("PlanStatus");
export const Resolution = type<ResolutionFields>("Resolution");
export const RoleReason = type<engine.RoleReason>("RoleReason");
export const Scenario = type<engine.Scenario>("Scenario");
export const ScenarioResult = type<ScenarioResultFields>("ScenarioResult");
export const SettingsCommand = type<engine.SettingsCommand>("SettingsCommand");
export const SettingsDiff = type<engine.SettingsDiff>("SettingsDiff");
export const SyncPlan = type<PlanFields>("SyncPlan");
export const UserStatus = type<engine.UserStatus>("UserStatus");
export const WorkspaceChange = type<engine.WorkspaceChange>("WorkspaceChange");

/** All of a plan but what it follows from. */
export const planFields = fieldsOf(SyncPlan, [
  "status",
  "reason",
  "role",
  "join",
  "leave",
  "keep",
  "provider",
  "blocked",
]);
