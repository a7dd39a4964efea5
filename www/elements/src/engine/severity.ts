import type { Diagnostic, Severity } from "idp-group-sync";

/** How many diagnostics there are of each severity. */
export type SeverityCounts = Record<Severity, number>;

const worstFirst: readonly Severity[] = ["error", "warning", "info"];

export function countBySeverity(diagnostics: readonly Diagnostic[]): SeverityCounts {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of diagnostics) counts[severity]++;
  return counts;
}

/** The worst diagnostics, and of those as bad the first, in the order that they had. */
export function worst(diagnostics: readonly Diagnostic[], count: number): readonly Diagnostic[] {
  if (diagnostics.length <= count) return diagnostics;
  const sorted = worstFirst.flatMap((severity) => diagnostics.filter((diagnostic) => diagnostic.severity === severity));
  const kept = new Set(sorted.slice(0, count));
  return diagnostics.filter((diagnostic) => kept.has(diagnostic));
}
