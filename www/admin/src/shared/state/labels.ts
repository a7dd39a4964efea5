// What groups of the identity provider are called whose names are ids. One list for the whole page, as one language is.

import type { GroupLabel } from "../../backend/answers.js";

let labels: ReadonlyMap<string, string> = new Map();

/** These are the labels from now on. */
export function takeLabels(taken: readonly GroupLabel[]): void {
  labels = new Map(taken.map(({ name, label }) => [name, label]));
}

export function labelOf(name: string): string | undefined {
  return labels.get(name);
}

/** All of them; another map as soon as one differs. */
export function allLabels(): ReadonlyMap<string, string> {
  return labels;
}
