import { css } from "lit";

/** What the views have in common: cards, badges, notes, plain form controls, lists. */
export const admin = css`
  h1 {
    margin: 0;
    font-size: 1.25rem;
    font-weight: var(--wa-font-weight-bold);
    line-height: var(--wa-line-height-condensed);
  }

  h1:focus,
  h2:focus {
    outline: none;
  }

  .card {
    min-width: 0;
    padding: var(--wa-space-m);
    border: 1px solid var(--gs-line);
    border-radius: var(--wa-border-radius-l);
    background: var(--gs-card);
  }

  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--gs-gap);
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    gap: var(--wa-space-xs) var(--wa-space-s);
    align-items: center;
  }

  .apart {
    justify-content: space-between;
  }

  .lead {
    margin-block: var(--wa-space-2xs) 0;
  }

  .badge {
    display: inline-block;
    padding: 0.05rem 0.5rem;
    border: 1px solid var(--badge, var(--gs-quiet));
    border-radius: var(--wa-border-radius-pill);
    color: var(--badge, var(--gs-quiet));
    font-size: 0.75rem;
    font-weight: var(--wa-font-weight-semibold);
    line-height: 1.5;
    white-space: nowrap;
  }

  .good {
    --badge: var(--gs-success);
  }

  .bad {
    --badge: var(--gs-error);
  }

  .doubt {
    --badge: var(--gs-warning);
  }

  .own {
    --badge: var(--gs-target);
  }

  .note {
    display: grid;
    gap: var(--wa-space-2xs);
    padding: var(--wa-space-xs) var(--wa-space-s);
    border-inline-start: 3px solid var(--gs-info);
    border-radius: var(--wa-border-radius-s);
    background: var(--gs-info-fill);
    line-height: 1.5;
    overflow-wrap: anywhere;
  }

  /* One sentence, whatever stands in it. */
  p.note {
    display: block;
  }

  .note.error {
    border-color: var(--gs-error);
    background: var(--gs-error-fill);
  }

  .note.warning {
    border-color: var(--gs-warning);
    background: var(--gs-warning-fill);
  }

  /* What has nothing to say yet takes no room, and no gap. */
  [role="status"]:empty {
    position: absolute;
  }

  .label {
    display: block;
    margin-block-end: var(--wa-space-2xs);
    font-weight: var(--wa-font-weight-semibold);
  }

  .field {
    width: 100%;
    min-width: 0;
    padding: 0.45rem 0.65rem;
    border: 1px solid var(--wa-form-control-border-color);
    border-radius: var(--wa-form-control-border-radius);
    background: var(--gs-field);
    color: inherit;
    font: inherit;
  }

  select.field {
    width: auto;
    max-width: 100%;
  }

  textarea.field {
    min-height: 5rem;
    font-family: var(--wa-font-family-code);
    font-size: var(--gs-small-size);
    line-height: 1.5;
    resize: vertical;
  }

  .field[aria-invalid="true"] {
    border-color: var(--gs-error);
  }

  fieldset {
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  legend {
    padding: 0;
    font-weight: var(--wa-font-weight-semibold);
  }

  input[type="radio"],
  input[type="checkbox"] {
    flex: none;
    width: 1rem;
    height: 1rem;
    margin: 0;
    accent-color: var(--wa-color-brand-fill-loud);
  }

  pre {
    max-height: 18rem;
    margin: 0;
    padding: var(--wa-space-s);
    border-radius: var(--wa-border-radius-m);
    background: var(--gs-code);
    font-family: var(--wa-font-family-code);
    font-size: var(--gs-small-size);
    line-height: 1.65;
    overflow: auto;
  }

  a {
    color: var(--wa-color-text-link);
    text-underline-offset: 0.2em;
  }

  .rows > li {
    padding-block: var(--wa-space-xs);
    border-block-start: 1px solid var(--gs-line);
  }

  .rows > li:first-child {
    border-block-start: 0;
  }

  .names {
    overflow-wrap: anywhere;
  }

  wa-button::part(label) {
    white-space: normal;
  }

  @media print {
    wa-button,
    button,
    .screen-only {
      display: none;
    }

    .card {
      padding: 0;
      border: 0;
      background: none;
    }

    .rows > li,
    .note {
      break-inside: avoid;
    }

    .rows > li {
      padding-block: var(--wa-space-3xs);
    }

    h1,
    h2,
    h3 {
      break-after: avoid;
    }
  }

  @media (forced-colors: active) {
    .badge {
      border-color: currentColor;
    }
  }
`;

/** For what may have nothing to show: it takes no room then, and leaves no gap. */
export const boxless = css`
  :host {
    display: contents;
  }
`;
