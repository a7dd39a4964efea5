import type { Unmet } from "idp-group-sync";

/** A condition that is not met: what it needs, and what it excludes though the user has it. */
export interface UnmetCondition extends Pick<Unmet, "entry" | "text"> {
  needed: string[];
  excluded: string[];
}

/** Each once, though it is told of each of its IdP groups. */
export function unmetConditions(unmet: readonly Unmet[]): UnmetCondition[] {
  const found = new Map<string, UnmetCondition>();
  for (const { entry, text, failed } of unmet) {
    const terms = (isExcluded: boolean) =>
      failed.filter(({ excluded = false }) => excluded === isExcluded).map((term) => term.text);
    const condition = { entry, ...(text && { text }), needed: terms(false), excluded: terms(true) };
    found.set(`${text ?? ""} ${entry.start}`, condition);
  }
  return [...found.values()];
}
