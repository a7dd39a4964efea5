import type { Resolution } from "idp-group-sync";
import { css, html, LitElement, nothing, svg } from "lit";
import { customElement, property } from "lit/decorators.js";
import { shared } from "../../../src/styles/shared.js";
import { messages } from "../messages/language.js";

/** More than this is no picture any more; the list below it has everything. */
const MOST = 10;
const ROW = 30;

interface Line {
  from: number;
  to: number;
  label: string;
}

/** From the IdP groups over entries of the mapping to the role and the groups: a picture of what the list below says in words. */
@customElement("flow-picture")
export class FlowPicture extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        container-type: inline-size;
      }

      .flow {
        display: grid;
        grid-template-columns: minmax(0, 2fr) minmax(3rem, 1.2fr) minmax(0, 2fr);
        margin-block: var(--wa-space-2xs) var(--wa-space-s);
      }

      .node {
        display: flex;
        align-items: center;
        height: 30px;
        min-width: 0;
      }

      .node span {
        max-width: 100%;
        padding: 0.1rem 0.55rem;
        border: 1px solid var(--gs-line);
        border-radius: var(--wa-border-radius-pill);
        background: var(--gs-field);
        font-size: var(--gs-small-size);
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .source {
        justify-content: end;
      }

      .source span {
        border-color: color-mix(in oklab, var(--gs-source) 45%, transparent);
        color: var(--gs-source);
      }

      .target span {
        border-color: color-mix(in oklab, var(--gs-target) 45%, transparent);
        color: var(--gs-target);
        font-weight: var(--wa-font-weight-semibold);
      }

      svg {
        display: block;
        width: 100%;
        overflow: visible;
      }

      path {
        fill: none;
        stroke: var(--gs-arrow);
        stroke-width: 1.5;
        vector-effect: non-scaling-stroke;
      }

      @container (max-width: 24rem) {
        .flow {
          grid-template-columns: minmax(0, 1fr) 2.5rem minmax(0, 1fr);
        }
      }
    `,
  ];

  @property({ attribute: false }) resolution!: Resolution;

  override render() {
    const { matches, role, groups } = this.resolution;
    const sources = matches.filter(({ grants }) => grants.some(({ kind }) => kind !== "unknown")).slice(0, MOST);
    const targets = [...(role === null ? [] : [`role ${role}`]), ...groups.map((name) => `group ${name}`)].slice(
      0,
      MOST,
    );
    if (sources.length === 0 || targets.length === 0) return nothing;
    const lines = this.#lines(sources, targets);
    const height = Math.max(sources.length, targets.length) * ROW;
    const names = [...(role === null ? [] : [`${messages().access.role}: ${role}`]), ...groups].slice(0, MOST);
    return html`
      <div class="flow" aria-hidden="true">
        <div>${sources.map(({ idpGroup }) => html`<div class="node source"><span>${idpGroup}</span></div>`)}</div>
        <svg viewBox="0 0 100 ${height}" height=${height} preserveAspectRatio="none">
          ${lines.map(({ from, to }) => svg`<path d="M 4 ${from} C 50 ${from}, 50 ${to}, 96 ${to}"></path>`)}
        </svg>
        <div>${names.map((name) => html`<div class="node target"><span>${name}</span></div>`)}</div>
      </div>
    `;
  }

  /** A line for each grant; and for a group that the role is needed by, which the engine says in its reasons. */
  #lines(sources: Resolution["matches"], targets: string[]): Line[] {
    const { roleReasons } = this.resolution;
    const middle = (row: number) => row * ROW + ROW / 2;
    const lines: Line[] = [];
    for (const [row, { idpGroup, grants }] of sources.entries()) {
      for (const { kind, target, entry } of grants) {
        const to = targets.indexOf(`${kind} ${target}`);
        if (to >= 0) lines.push({ from: middle(row), to: middle(to), label: entry ? String(entry.line) : "" });
        const raises = roleReasons.some((reason) => reason.kind === "required-by" && reason.group === target);
        if (raises && kind === "group") lines.push({ from: middle(row), to: middle(0), label: "" });
      }
      const grantsRole = roleReasons.some((reason) => reason.kind === "role-group" && reason.idpGroup === idpGroup);
      if (grantsRole && !grants.some(({ kind, target }) => targets[0] === `${kind} ${target}`)) {
        lines.push({ from: middle(row), to: middle(0), label: "" });
      }
    }
    return lines;
  }
}
