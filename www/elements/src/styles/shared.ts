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
    font-weight: 600;
    line-height: 1.2;
  }

  h3 {
    font-size: var(--gs-text-size);
    font-weight: 600;
    line-height: 1.2;
  }

  code {
    padding: 0.1em 0.3em;
    border-radius: var(--gs-radius-s);
    background: var(--gs-code);
    font-family: var(--gs-code-font);
    font-size: 0.92em;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }

  .quiet {
    color: var(--gs-quiet);
    font-size: var(--gs-small-size);
    line-height: 1.5;
  }

  .icon {
    flex: none;
    line-height: 1;
  }

  .icon svg {
    display: inline-block;
    width: 1em;
    height: 1em;
    vertical-align: -0.125em;
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
    border-radius: var(--gs-radius-s);
    background: none;
    color: var(--gs-link);
    font: inherit;
    text-align: start;
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.2em;
    cursor: pointer;
  }

  :focus-visible {
    outline: var(--gs-focus);
    outline-offset: var(--gs-focus-offset);
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }

  kbd {
    padding: 0 0.35em;
    border: 1px solid var(--gs-line);
    border-radius: var(--gs-radius-s);
    font-family: inherit;
    font-size: 0.92em;
    white-space: nowrap;
  }
`;

/** What an element brings that may stand on anybody's page: its own colours on the page's ground, in the page's type. */
export const embedded = css`
  :host {
    color: var(--gs-text);
    line-height: 1.6;
  }
`;

/** Buttons of the elements that other applications embed: they bring no component library along. */
export const buttons = css`
  .button {
    display: inline-flex;
    gap: 0.4em;
    align-items: center;
    min-height: 1.75rem;
    padding: 0.15rem 0.65rem;
    border: 1px solid var(--gs-field-line);
    border-radius: var(--gs-radius-m);
    background: var(--gs-raised);
    color: var(--gs-text);
    font: inherit;
    font-size: var(--gs-small-size);
    font-weight: 600;
    line-height: 1.4;
    text-align: start;
    overflow-wrap: anywhere;
    cursor: pointer;
  }

  .button:hover:not(:disabled, [aria-disabled="true"], [aria-pressed="true"], .loud) {
    border-color: var(--gs-link);
    color: var(--gs-link);
  }

  .button:disabled,
  .button[aria-disabled="true"] {
    opacity: 0.5;
    cursor: default;
  }

  .button[aria-pressed="true"] {
    border-color: var(--gs-loud);
    background: var(--gs-loud);
    color: var(--gs-on-loud);
  }

  .button.loud {
    border-color: var(--gs-loud);
    background: var(--gs-loud);
    color: var(--gs-on-loud);
  }

  .button.bare {
    border-color: transparent;
    background: none;
  }
`;

/** Text fields of the elements that other applications embed. */
export const fields = css`
  input {
    width: 100%;
    min-height: 2rem;
    padding: 0.2rem 0.5rem;
    border: 1px solid var(--gs-field-line);
    border-radius: var(--gs-radius-m);
    background: var(--gs-field);
    color: var(--gs-text);
    font: inherit;
  }

  input[aria-invalid="true"] {
    border-color: var(--gs-error);
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
    gap: var(--gs-space-s);
    align-items: center;
    padding-block: var(--gs-space-xs);
    border-radius: var(--gs-radius-s);
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
    transition: rotate 75ms;
  }

  details[open] > summary::after {
    rotate: 45deg;
  }

  details[open] {
    padding-block-end: var(--gs-space-xs);
  }
`;
