/** What was done just now, and what its undoing is called, if it can be undone. */
export interface Notice {
  text: string;
  undo: string | undefined;
  /** What there is to choose from, instead. */
  choices?: { label: string; choose: () => void }[];
}
