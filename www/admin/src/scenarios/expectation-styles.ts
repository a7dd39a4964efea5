import { css } from "lit";

/** A scenario or guarantee that unfolds to its form. */
export const expectation = css`
  summary {
    justify-content: start;
  }

  summary::after {
    margin-inline-start: auto;
  }

  summary wa-icon {
    flex: none;
    color: var(--gs-success);
  }

  .red summary wa-icon {
    color: var(--gs-error);
  }

  .unknown summary wa-icon {
    color: var(--gs-quiet);
  }

  .differences {
    margin-inline-start: 1.75rem;
    color: var(--gs-error);
  }

  .form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--wa-space-m);
    padding-block: var(--wa-space-xs) var(--wa-space-s);
  }

  @media (min-width: 44rem) {
    .form {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }
  }

  .wide {
    grid-column: 1 / -1;
  }

  textarea {
    width: 100%;
  }
`;
