// What better-auth's log has of logins: what the admin has to know, and the person at the browser is not told.

import type { AuthContext } from "better-auth";
import type { Diagnostic } from "idp-group-sync";
import type { LoginResult, RoleAccess } from "../../app/result.js";

type Logger = AuthContext["logger"];

/** What is doubtful about a mapping. */
export function tellDoubts(logger: Logger, diagnostics: readonly Diagnostic[]): void {
  for (const diagnostic of diagnostics) {
    const { span } = diagnostic;
    const place = span === undefined ? "" : ` ${span.line}:${span.column}`;
    logger.warn(`groupSync: mapping${place}: ${said(diagnostic)}`);
  }
}

/** A login that was refused or kept, or whose token had no groups that could be read. */
export function tell(logger: Logger, subject: string, result: LoginResult<RoleAccess<string, string>>): void {
  const { outcome, decision } = result;
  const resolution = decision.workspaces[0]?.plan.resolution;
  const { status, diagnostics: ofClaim = [] } = resolution?.claim ?? {};
  const isRead = status === "present" || status === "empty";
  if (outcome === "admitted" && isRead) return;
  const why = outcome === "refused" ? ` (${result.code})` : outcome === "kept" ? ` (${result.reason})` : "";
  const told = outcome === "admitted" ? ofClaim : (resolution?.diagnostics ?? []);
  const more = told.filter(({ severity }) => severity !== "info" || !isRead).map(said);
  logger.warn([`groupSync: ${JSON.stringify(subject)} was ${outcome}${why}`, ...more].join(": "));
}

/** A login that could not be decided. */
export function tellFailure(logger: Logger, subject: string, error: unknown): void {
  logger.error(`groupSync: the login of ${JSON.stringify(subject)} could not be decided`, error);
}

const said = ({ message, help }: Diagnostic): string => (help === undefined ? message : `${message}; ${help}`);
