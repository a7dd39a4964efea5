import { css } from "lit";

/** A column beside the mapping, or a drawer at the foot of the page, above the bar of unsaved changes. */
export const liveStyles = css`
  .pane {
    display: none;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--wa-space-s);
    align-content: start;
    padding: var(--wa-space-m);
    border: 1px solid var(--gs-line);
    border-radius: var(--wa-border-radius-l);
    background: var(--gs-card);
  }

  .pane.open {
    display: grid;
    position: fixed;
    inset: auto 0 var(--bar-height, 0);
    z-index: 9;
    max-height: 45vh;
    padding-block-start: var(--wa-space-s);
    border-radius: var(--wa-border-radius-l) var(--wa-border-radius-l) 0 0;
    box-shadow: var(--wa-shadow-l);
    overflow-y: auto;
  }

  .cards {
    display: grid;
    gap: var(--wa-space-xs);
  }

  .open .cards {
    grid-template-columns: repeat(auto-fill, minmax(min(16rem, 100%), 1fr));
  }

  .close {
    display: grid;
    place-items: center;
    min-width: 1.75rem;
    min-height: 1.75rem;
  }

  @media (min-width: 75rem) {
    .pane,
    .pane.open {
      display: grid;
      position: sticky;
      inset: var(--wa-space-s) auto auto;
      z-index: auto;
      max-height: calc(100dvh - var(--bar-height, 0px) - 2 * var(--wa-space-s));
      padding: var(--wa-space-m);
      border-radius: var(--wa-border-radius-l);
      box-shadow: none;
      overflow-y: auto;
    }

    .open .cards {
      grid-template-columns: minmax(0, 1fr);
    }

    .close {
      display: none;
    }
  }
`;
