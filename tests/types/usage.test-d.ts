// What programs must be able to write, and what the compiler must refuse.

import {
  type Catalog,
  checkMapping,
  completeMapping,
  type Diagnostic,
  type DiagnosticCode,
  diffMappings,
  formatMapping,
  GroupSync,
  type GroupSyncConfig,
  GroupSyncError,
  parseMapping,
  type RoleReason,
  readGroups,
} from "idp-group-sync";

const catalog: Catalog = { roles: ["member", "owner"], groups: [{ name: "sales", requires: "owner" }] };
const config: GroupSyncConfig = { mapping: "Sales Team -> sales", claim: "groups", catalog };

/** A decoded token, as `jose` and others declare it. */
interface Payload {
  sub?: string;
  [claim: string]: unknown;
}

export function login(payload: Payload): string {
  using sync = new GroupSync({ ...config, policy: { matchByName: "groups-only", noMatch: "deny" } });
  const resolution = sync.resolve(payload, { explain: false });
  switch (resolution.outcome) {
    case "resolved":
    case "no-match":
      return resolution.role ?? "";
    case "keep":
    case "deny":
      return resolution.outcome;
  }
}

/** Every kind of reason is known: without one of the cases this would not compile. */
export function why(reason: RoleReason): string {
  switch (reason.kind) {
    case "default":
      return "no group grants a role";
    case "role-group":
      return reason.idpGroup;
    case "required-by":
      return reason.group;
    case "kept":
      return "kept";
  }
}

/** As editors take them: offsets into the text. */
export function marks(text: string): { from: number; to: number; apply: string[] }[] {
  return checkMapping(text, catalog, { protectLastAdmin: true }).flatMap((diagnostic: Diagnostic) =>
    diagnostic.span === undefined
      ? []
      : [
          {
            from: diagnostic.span.start,
            to: diagnostic.span.end,
            apply: diagnostic.fixes.flatMap((fix) => fix.edits.map((edit) => edit.text)),
          },
        ],
  );
}

export function codes(error: unknown): DiagnosticCode[] {
  if (error instanceof GroupSyncError && error.code === "invalid-mapping") {
    return error.diagnostics.map((diagnostic) => diagnostic.code);
  }
  throw new GroupSyncError("invalid-input", "something else", { path: "catalog.groups[0]", cause: error });
}

export const all = [
  parseMapping("a -> b").entries.map((entry) => entry.source.kind === "pattern" && entry.target.kind === "capture"),
  formatMapping("a -> b", "inline").length,
  completeMapping("a -> ", 5, catalog, ["a"]).map(({ edit, detail }) => [edit.text, detail?.length]),
  readGroups({ groups: [{ id: "a" }] }, { name: "groups", item: { field: "id" } }).status,
  readGroups(new Map(), { name: "groups", delimiter: ",", item: "ldap-cn" }).path,
  diffMappings(config, { ...config, mapping: "" }).changes.map((change) => change.after.role),
];

// @ts-expect-error: a mapping is text
parseMapping(["a -> b"]);
// @ts-expect-error: there is no such style
formatMapping("a -> b", "lines");
// @ts-expect-error: a catalog names its groups
checkMapping("a -> b", { roles: ["member"] });
// @ts-expect-error: groups are objects
checkMapping("a -> b", { groups: ["sales"] });
// @ts-expect-error: there is no such policy
checkMapping("a -> b", catalog, { matchByNames: true });
// @ts-expect-error: there is no such value of this policy
checkMapping("a -> b", catalog, { removal: "everything" });
// @ts-expect-error: the catalog is needed
completeMapping("a -> b", 3);
// @ts-expect-error: claims are an object, not a token that is still encoded
readGroups("eyJhbGciOiJSUzI1NiJ9.e30.", "groups");
// @ts-expect-error: a claim has a name
readGroups({}, { delimiter: "," });
// @ts-expect-error: the claim is needed
new GroupSync({ mapping: "", catalog });
// @ts-expect-error: the configuration is one object
new GroupSync("a -> b", "groups", catalog);
// @ts-expect-error: it is constructed, not called
GroupSync(config);
// @ts-expect-error: groups are a list
new GroupSync(config).resolveGroups("sales");
// @ts-expect-error: there is no such option
new GroupSync(config).resolve({}, { explained: true });
// @ts-expect-error: a role may be absent
new GroupSync(config).resolve({}).role.length;
// @ts-expect-error: a diagnostic may have no span
parseMapping("a").diagnostics.map((diagnostic) => diagnostic.span.start);
// @ts-expect-error: there is no such code
parseMapping("a").diagnostics.some((diagnostic) => diagnostic.code === "missing-arow");
// @ts-expect-error: there is no such error
new GroupSyncError("not-found", "no such thing");
