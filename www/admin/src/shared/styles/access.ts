import { css } from "lit";

/** What is added and taken away, in a row that wraps. */
export const accessStyles = css`
  .access {
    display: flex;
    flex-wrap: wrap;
    gap: var(--wa-space-2xs) var(--wa-space-s);
    overflow-wrap: anywhere;
  }
`;
