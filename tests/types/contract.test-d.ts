// The package's declarations are exactly those of contract.d.ts: same names, same shapes, same optional fields, no `any`.

import type * as main from "idp-group-sync";
import type * as slim from "idp-group-sync/slim";
import type * as contract from "./contract.js";

/** True if two types are identical, down to optional and read-only fields. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Assignable<From, To> = [From] extends [To] ? true : false;
/** Both at once: what is identical is also assignable in both directions. */
type Equal<A, B> = [Same<A, B>, Assignable<A, B>, Assignable<B, A>] extends [true, true, true] ? true : false;

type IsAny<T> = 0 extends 1 & T ? true : false;
/** True if `any` stands anywhere in a type. Bytes are the platform's, which has its own in their methods. */
type HasAny<T, Seen = never> =
  IsAny<T> extends true
    ? true
    : T extends Seen | Uint8Array
      ? false
      : T extends readonly (infer Item)[]
        ? HasAny<Item, Seen | T>
        : T extends (...args: infer Args) => infer Result
          ? HasAny<Args, Seen | T> | HasAny<Result, Seen | T>
          : T extends object
            ? { [Key in keyof T]-?: HasAny<T[Key], Seen | T> }[keyof T]
            : false;
type NoAny<T> = true extends HasAny<T> ? false : true;

type Expect<Claim extends true> = Claim;

/** What a class shows of its objects. */
type Shown<T> = { [Key in keyof T]: T[Key] };

export type Checks = [
  // Data: what goes in and what comes out.
  Expect<Equal<main.Span, contract.Span>>,
  Expect<Equal<main.Severity, contract.Severity>>,
  Expect<Equal<main.TextEdit, contract.TextEdit>>,
  Expect<Equal<main.Fix, contract.Fix>>,
  Expect<Equal<main.Diagnostic, contract.Diagnostic>>,
  Expect<Equal<main.Entry, contract.Entry>>,
  Expect<Equal<main.Source, contract.Source>>,
  Expect<Equal<main.Term, contract.Term>>,
  Expect<Equal<main.Target, contract.Target>>,
  Expect<Equal<main.Completion, contract.Completion>>,
  Expect<Equal<main.IdpGroup, contract.IdpGroup>>,
  Expect<Equal<main.ImportFormat, contract.ImportFormat>>,
  Expect<Equal<main.ImportedMapping, contract.ImportedMapping>>,
  Expect<Equal<main.Catalog, contract.Catalog>>,
  Expect<Equal<main.AppGroup, contract.AppGroup>>,
  Expect<Equal<main.Policy, contract.Policy>>,
  Expect<Equal<main.ClaimOptions, contract.ClaimOptions>>,
  Expect<Equal<main.ClaimSource, contract.ClaimSource>>,
  Expect<Equal<main.ClaimGroups, contract.ClaimGroups>>,
  Expect<Equal<main.GroupSyncConfig, contract.GroupSyncConfig>>,
  Expect<Equal<main.Resolution, contract.Resolution>>,
  Expect<Equal<main.RoleReason, contract.RoleReason>>,
  Expect<Equal<main.Match, contract.Match>>,
  Expect<Equal<main.Grant, contract.Grant>>,
  Expect<Equal<main.ResolveOptions, contract.ResolveOptions>>,
  Expect<Equal<main.MappingDiff, contract.MappingDiff>>,
  Expect<Equal<main.MappingChange, contract.MappingChange>>,
  Expect<Equal<main.ChangeKind, contract.ChangeKind>>,
  Expect<Equal<main.ChoiceChange, contract.ChoiceChange>>,
  Expect<Equal<main.ChoiceValue, contract.ChoiceValue>>,
  Expect<Equal<main.Membership, contract.Membership>>,
  Expect<Equal<main.MemberGroup, contract.MemberGroup>>,
  Expect<Equal<main.ClaimSuggestions, contract.ClaimSuggestions>>,
  Expect<Equal<main.ClaimSuggestion, contract.ClaimSuggestion>>,
  Expect<Equal<main.PlanOptions, contract.PlanOptions>>,
  Expect<Equal<main.Guards, contract.Guards>>,
  Expect<Equal<main.Seats, contract.Seats>>,
  Expect<Equal<main.Seat, contract.Seat>>,
  Expect<Equal<main.SyncPlan, contract.SyncPlan>>,
  Expect<Equal<main.Blocked, contract.Blocked>>,
  Expect<Equal<main.InstanceSettings, contract.InstanceSettings>>,
  Expect<Equal<main.WorkspaceSettings, contract.WorkspaceSettings>>,
  Expect<Equal<main.SettingsCommand, contract.SettingsCommand>>,
  Expect<Equal<main.SettingsChange, contract.SettingsChange>>,
  Expect<Equal<main.Actor, contract.Actor>>,
  Expect<Equal<main.EffectiveSettings, contract.EffectiveSettings>>,
  Expect<Equal<main.SettingsDiff, contract.SettingsDiff>>,
  Expect<Equal<main.SettingsFile, contract.SettingsFile>>,
  Expect<Equal<main.SettingsParts, contract.SettingsParts>>,
  Expect<Equal<main.ScopeDiff, contract.ScopeDiff>>,
  Expect<Equal<main.EntryDiff, contract.EntryDiff>>,
  Expect<Equal<main.LoginRequest, contract.LoginRequest>>,
  Expect<Equal<main.LoginWorkspace, contract.LoginWorkspace>>,
  Expect<Equal<main.LoginOutcome, contract.LoginOutcome>>,
  Expect<Equal<main.ReconcileRequest, contract.ReconcileRequest>>,
  Expect<Equal<main.ReconcileOutcome, contract.ReconcileOutcome>>,
  Expect<Equal<main.WorkspaceEntries, contract.WorkspaceEntries>>,
  Expect<Equal<main.Brake, contract.Brake>>,
  Expect<Equal<main.Braked, contract.Braked>>,
  Expect<Equal<main.ImpactChange, contract.ImpactChange>>,
  Expect<Equal<main.ImpactSummary, contract.ImpactSummary>>,
  Expect<Equal<main.ImpactTotals, contract.ImpactTotals>>,
  Expect<Equal<main.LineFaults, contract.LineFaults>>,
  Expect<Equal<main.LineFault, contract.LineFault>>,
  Expect<Equal<main.Access, contract.Access>>,
  Expect<Equal<main.Effect, contract.Effect>>,
  Expect<Equal<main.LoginConfig, contract.LoginConfig>>,
  Expect<Equal<main.LoginImpactChange, contract.LoginImpactChange>>,
  Expect<Equal<main.LoginImpactSummary, contract.LoginImpactSummary>>,
  Expect<Equal<main.LoginRefusals, contract.LoginRefusals>>,
  Expect<Equal<main.WorkspaceChange, contract.WorkspaceChange>>,
  Expect<Equal<main.WorkspaceTotals, contract.WorkspaceTotals>>,
  Expect<Equal<main.ReconcileChange, contract.ReconcileChange>>,
  Expect<Equal<main.ReconcileSummary, contract.ReconcileSummary>>,
  Expect<Equal<main.Scenario, contract.Scenario>>,
  Expect<Equal<main.ScenarioResult, contract.ScenarioResult>>,
  Expect<Equal<main.Guarantee, contract.Guarantee>>,
  Expect<Equal<main.Reach, contract.Reach>>,
  Expect<Equal<main.GuaranteeResult, contract.GuaranteeResult>>,
  Expect<Equal<main.Counterexample, contract.Counterexample>>,
  Expect<Equal<main.DiagnosticCode, contract.DiagnosticCode>>,
  // Functions.
  Expect<Equal<typeof main.parseMapping, typeof contract.parseMapping>>,
  Expect<Equal<typeof main.formatMapping, typeof contract.formatMapping>>,
  Expect<Equal<typeof main.addEntries, typeof contract.addEntries>>,
  Expect<Equal<typeof main.mergeMappings, typeof contract.mergeMappings>>,
  Expect<Equal<typeof main.importMapping, typeof contract.importMapping>>,
  Expect<Equal<typeof main.checkMapping, typeof contract.checkMapping>>,
  Expect<Equal<typeof main.inspectMapping, typeof contract.inspectMapping>>,
  Expect<Equal<typeof main.completeMapping, typeof contract.completeMapping>>,
  Expect<Equal<typeof main.readGroups, typeof contract.readGroups>>,
  Expect<Equal<typeof main.mergeClaims, typeof contract.mergeClaims>>,
  Expect<Equal<typeof main.suggestClaims, typeof contract.suggestClaims>>,
  Expect<Equal<typeof main.diffMappings, typeof contract.diffMappings>>,
  Expect<Equal<typeof main.defaultSettings, typeof contract.defaultSettings>>,
  Expect<Equal<typeof main.applyCommand, typeof contract.applyCommand>>,
  Expect<Equal<typeof main.diffSettings, typeof contract.diffSettings>>,
  Expect<Equal<typeof main.effectiveSettings, typeof contract.effectiveSettings>>,
  Expect<Equal<typeof main.readSettingsFile, typeof contract.readSettingsFile>>,
  Expect<Equal<typeof main.proveGuarantees, typeof contract.proveGuarantees>>,
  Expect<Equal<typeof main.runScenarios, typeof contract.runScenarios>>,
  // Classes: how they are constructed, and what their objects show.
  Expect<Equal<ConstructorParameters<typeof main.GroupSync>, ConstructorParameters<typeof contract.GroupSync>>>,
  Expect<Equal<Shown<main.GroupSync>, Shown<contract.GroupSync>>>,
  Expect<Assignable<main.GroupSync, contract.GroupSync>>,
  Expect<Assignable<main.GroupSync, Disposable>>,
  Expect<Equal<ConstructorParameters<typeof main.LoginSync>, ConstructorParameters<typeof contract.LoginSync>>>,
  Expect<Equal<Shown<main.LoginSync>, Shown<contract.LoginSync>>>,
  Expect<Assignable<main.LoginSync, contract.LoginSync>>,
  Expect<Assignable<main.LoginSync, Disposable>>,
  Expect<Equal<ConstructorParameters<typeof main.Impact>, ConstructorParameters<typeof contract.Impact>>>,
  Expect<Equal<Shown<main.Impact>, Shown<contract.Impact>>>,
  Expect<Assignable<main.Impact, contract.Impact>>,
  Expect<Assignable<main.Impact, Disposable>>,
  Expect<Equal<ConstructorParameters<typeof main.LoginImpact>, ConstructorParameters<typeof contract.LoginImpact>>>,
  Expect<Equal<Shown<main.LoginImpact>, Shown<contract.LoginImpact>>>,
  Expect<Assignable<main.LoginImpact, contract.LoginImpact>>,
  Expect<Assignable<main.LoginImpact, Disposable>>,
  Expect<
    Equal<ConstructorParameters<typeof main.Reconciliation>, ConstructorParameters<typeof contract.Reconciliation>>
  >,
  Expect<Equal<Shown<main.Reconciliation>, Shown<contract.Reconciliation>>>,
  Expect<Assignable<main.Reconciliation, contract.Reconciliation>>,
  Expect<Assignable<main.Reconciliation, Disposable>>,
  Expect<Equal<Shown<main.GroupSyncError>, Shown<contract.GroupSyncError>>>,
  Expect<Equal<main.GroupSyncError, contract.GroupSyncError>>,
  Expect<Assignable<main.GroupSyncError, Error>>,
  // The entry points: nothing is exported that was not agreed, and the slim one adds its two functions.
  Expect<Equal<keyof typeof main, Exclude<keyof typeof contract, "init" | "initSync">>>,
  Expect<Equal<keyof typeof slim, keyof typeof contract>>,
  Expect<Equal<Shown<Pick<typeof slim, keyof typeof main>>, Shown<typeof main>>>,
  // More may be handed over than was agreed: bytes in memory of any kind.
  Expect<Assignable<typeof slim.init, typeof contract.init>>,
  Expect<Assignable<typeof slim.initSync, typeof contract.initSync>>,
  Expect<Equal<ReturnType<typeof slim.init>, Promise<void>>>,
  // No `any`, anywhere. (`init` and `initSync` take objects of the platform, which has its own in `Response.json`.)
  Expect<{ [Name in keyof typeof main]: NoAny<(typeof main)[Name]> }[keyof typeof main]>,
  Expect<NoAny<ConstructorParameters<typeof main.GroupSync>>>,
  Expect<NoAny<Shown<main.GroupSync>>>,
  Expect<NoAny<ConstructorParameters<typeof main.LoginSync>>>,
  Expect<NoAny<Shown<main.LoginSync>>>,
  Expect<NoAny<ConstructorParameters<typeof main.Impact>>>,
  Expect<NoAny<Shown<main.Impact>>>,
  Expect<NoAny<ConstructorParameters<typeof main.LoginImpact>>>,
  Expect<NoAny<Shown<main.LoginImpact>>>,
  Expect<NoAny<ConstructorParameters<typeof main.Reconciliation>>>,
  Expect<NoAny<Shown<main.Reconciliation>>>,
  Expect<NoAny<ConstructorParameters<typeof main.GroupSyncError>>>,
  Expect<NoAny<main.GroupSyncError>>,
];

// The helpers themselves: a test that cannot fail is no test.
export type Helpers = [
  Expect<Same<Equal<{ a?: string }, { a: string | undefined }>, false>>,
  Expect<Same<Equal<{ a: string }, { readonly a: string }>, false>>,
  Expect<Same<Equal<{ a: string }, { a: string; b?: string }>, false>>,
  Expect<Same<Equal<unknown, { a: string }>, false>>,
  Expect<Same<NoAny<{ a: { b: ReturnType<typeof JSON.parse>[] } }>, false>>,
  Expect<Same<NoAny<(a: { b?: ReturnType<typeof JSON.parse> }) => void>, false>>,
];
