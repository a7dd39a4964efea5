import { css } from "lit";

/** What every element of the page shares: reset, quiet text, code, and text for screen readers only. */
export const shared = css`
  :host {
    display: block;
    font-size: var(--gs-text-size);
  }

  :host([hidden]) {
    display: none;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }

  ul,
  ol {
    list-style: none;
  }

  h2 {
    font-size: 1rem;
    font-weight: var(--wa-font-weight-bold);
    line-height: var(--wa-line-height-condensed);
  }

  h3 {
    font-size: var(--gs-text-size);
    font-weight: var(--wa-font-weight-bold);
    line-height: var(--wa-line-height-condensed);
  }

  code {
    padding: 0.1em 0.3em;
    border-radius: var(--wa-border-radius-s);
    background: var(--gs-code);
    font-family: var(--wa-font-family-code);
    font-size: 0.92em;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }

  .quiet {
    color: var(--gs-quiet);
    font-size: var(--gs-small-size);
    line-height: 1.5;
  }

  .for-screen-readers {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .link {
    padding: 0;
    border: 0;
    border-radius: var(--wa-border-radius-s);
    background: none;
    color: var(--wa-color-text-link);
    font: inherit;
    text-align: start;
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.2em;
    cursor: pointer;
  }

  :focus-visible {
    outline: var(--wa-focus-ring);
    outline-offset: var(--wa-focus-ring-offset);
  }

  kbd {
    padding: 0 0.35em;
    border: 1px solid var(--gs-line);
    border-radius: var(--wa-border-radius-s);
    font-family: inherit;
    font-size: 0.92em;
    white-space: nowrap;
  }
`;

/** For labels that a picture or a heading already gives to those who see. */
export const hiddenLabels = css`
  wa-input::part(form-control-label) {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

/**
 * What is folded away until it is asked for. The browser's own element: Web Awesome's leaves its region without a name.
 */
export const folds = css`
  summary {
    display: flex;
    justify-content: space-between;
    gap: var(--wa-space-s);
    align-items: center;
    padding-block: var(--wa-space-xs);
    border-radius: var(--wa-border-radius-s);
    cursor: pointer;
    list-style: none;
  }

  summary::-webkit-details-marker {
    display: none;
  }

  summary::after {
    content: "";
    flex: none;
    width: 0.45rem;
    height: 0.45rem;
    margin-inline: 0.3rem;
    border: solid currentColor;
    border-width: 0 2px 2px 0;
    rotate: -45deg;
    transition: rotate var(--wa-transition-fast);
  }

  details[open] > summary::after {
    rotate: 45deg;
  }

  details[open] {
    padding-block-end: var(--wa-space-xs);
  }
`;
