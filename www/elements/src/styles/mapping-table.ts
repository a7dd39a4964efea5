import { css } from "lit";

/** How the table of a mapping is laid out: on narrow places, the cells of a row stand one below the other. */
export const mappingTable = css`
  :host {
    container-type: inline-size;
  }

  .above {
    display: flex;
    flex-wrap: wrap;
    gap: var(--gs-space-2xs) var(--gs-space-s);
    align-items: end;
    margin-block-end: var(--gs-space-2xs);
  }

  .above label {
    flex: 1 1 10rem;
    font-size: var(--gs-small-size);
  }

  .above p {
    min-height: 2rem;
    line-height: 2rem;
  }

  .pager {
    display: flex;
    gap: var(--gs-space-2xs);
  }

  .pager .button {
    min-height: 2rem;
  }

  .rows {
    max-height: var(--editor-height, 16rem);
    border: 1px solid var(--gs-line);
    border-radius: var(--gs-radius-m);
    overflow-y: auto;
  }

  table,
  thead,
  tbody,
  th,
  td {
    display: block;
    font-size: var(--gs-small-size);
  }

  tr {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) 2.25rem;
    gap: 0 var(--gs-space-xs);
    align-items: start;
    padding: 0.2rem var(--gs-space-2xs);
    border-block-start: 1px solid var(--gs-line);
  }

  thead {
    position: sticky;
    z-index: 1;
    inset-block-start: 0;
    background: var(--gs-raised);
    color: var(--gs-quiet);
  }

  thead tr {
    border: 0;
  }

  th {
    padding-inline: var(--gs-space-2xs);
    font-weight: 600;
    text-align: start;
  }

  .wide {
    grid-column: 1 / span 2;
  }

  .whole {
    grid-column: 1 / -1;
  }

  td:empty {
    display: none;
  }

  .bare {
    justify-content: center;
    width: 100%;
    min-height: 2rem;
    padding: 0;
  }

  .new {
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto;
  }

  .new .button {
    min-height: 2rem;
  }

  td > input {
    font-family: var(--gs-code-font);
  }

  input.source {
    color: var(--gs-source);
  }

  input.target {
    color: var(--gs-target);
    font-weight: 600;
  }

  .star {
    display: flex;
    gap: 0.4em;
    align-items: center;
    padding-block: 0.15rem;
    color: var(--gs-quiet);
  }

  .star input {
    width: auto;
    min-height: 0;
    accent-color: var(--gs-loud);
  }

  .refusal {
    color: var(--gs-error);
  }

  .problems {
    padding: 0.15rem 0.5rem 0.25rem;
    line-height: 1.4;
    overflow-wrap: anywhere;
  }

  .problems li + li {
    margin-block-start: var(--gs-space-2xs);
  }

  .problems .error .icon {
    color: var(--gs-error);
  }

  .problems .warning .icon {
    color: var(--gs-warning);
  }

  .problems .info .icon {
    color: var(--gs-info);
  }
`;
