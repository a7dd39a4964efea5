// Applying the fixes of diagnostics.
import type { Diagnostic, Fix, TextEdit } from "idp-group-sync";

/** A fix that was applied, and where its diagnostic stood in the text before. */
export interface AppliedFix {
  line: number;
  column: number;
  title: string;
}

/** A fix may bring another mistake to light, so it is looked at again; so often at most. */
const rounds = 20;

/**
 * The text after every fix that is the only one of its diagnostic: where there are several, somebody has to choose. Fixes that
 * touch the same place follow one another, if they are still offered then.
 */
export async function fixed(
  text: string,
  diagnose: (text: string) => Promise<Diagnostic[]>,
): Promise<{ text: string; applied: AppliedFix[] }> {
  const applied: AppliedFix[] = [];
  const seen = new Set([text]);
  let now = text;
  for (let round = 0; round < rounds; round += 1) {
    const taken = apart(await diagnose(now));
    const next = withEdits(
      now,
      taken.flatMap(({ fix }) => fix.edits),
    );
    // What would lead back to a text that was there already mends nothing.
    if (seen.has(next)) break;
    seen.add(next);
    now = next;
    applied.push(
      ...taken.map(({ diagnostic: { span }, fix }) => ({
        line: span?.line ?? 1,
        column: span?.column ?? 1,
        title: fix.title,
      })),
    );
  }
  return { text: now, applied };
}

/** The fixes that can be made at once, in the order of the text. */
function apart(diagnostics: Diagnostic[]): { diagnostic: Diagnostic; fix: Fix }[] {
  const only = diagnostics.flatMap((diagnostic) => {
    const [fix, ...others] = diagnostic.fixes;
    const start = fix?.edits[0]?.start;
    return fix === undefined || start === undefined || others.length > 0 ? [] : [{ diagnostic, fix, start }];
  });
  let reached = -1;
  return only
    .sort((one, other) => one.start - other.start)
    .filter(({ fix, start }) => {
      if (start <= reached) return false;
      reached = Math.max(...fix.edits.map(({ end }) => end));
      return true;
    });
}

function withEdits(text: string, edits: TextEdit[]): string {
  return edits
    .toSorted((one, other) => other.start - one.start)
    .reduce((changed, { start, end, text: inserted }) => changed.slice(0, start) + inserted + changed.slice(end), text);
}
