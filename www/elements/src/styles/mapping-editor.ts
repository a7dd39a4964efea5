import { css } from "lit";

/** How the mapping editor is laid out. */
export const mappingEditor = css`
  .editor {
    height: var(--editor-height, 16rem);
  }

  .editor[hidden] {
    display: none;
  }

  mapping-editor-toolbar {
    margin-block-end: var(--gs-space-2xs);
  }

  mapping-rename-form {
    margin-block-end: var(--gs-space-2xs);
  }

  .notice {
    display: flex;
    flex-wrap: wrap;
    gap: var(--gs-space-2xs) var(--gs-space-xs);
    align-items: center;
    font-size: var(--gs-small-size);
  }

  .notice:has(button) {
    margin-block-end: var(--gs-space-2xs);
    padding: var(--gs-space-2xs) var(--gs-space-s);
    border-radius: var(--gs-radius-m);
    background: var(--gs-info-fill);
  }

  .notice p,
  .told {
    flex: 1 1 12rem;
  }

  .keys {
    margin-block-start: var(--gs-space-2xs);
  }

  .count {
    margin-block: var(--gs-space-xs);
    font-weight: 600;
  }

  /* They are about an earlier text. What comes at once makes nothing flicker. */
  .count[aria-busy="true"],
  diagnostic-list[aria-busy="true"] {
    opacity: 0.6;
    transition: opacity 0.1s 0.25s;
  }

  diagnostic-list {
    max-height: var(--problems-height, 24rem);
    overflow-y: auto;
  }
`;
