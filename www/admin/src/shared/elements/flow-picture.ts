import type { Grant, Resolution, Span } from "idp-group-sync";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, svg, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { messages } from "../../messages/language.js";
import { labelOf } from "../state/labels.js";
import { SpokenElement } from "./spoken-element.js";

/** More than this is no picture any more; the list below it has everything. */
const MOST = 10;
/** In pixels; the nodes are as tall. */
const ROW = 30;

interface Line {
  from: number;
  to: number;
  /** A role that nothing grants, but that a group which was granted needs. */
  raised?: boolean;
}

/** What leads from an IdP group to a role or group: an entry of the mapping, or that the two are called the same. */
interface Way {
  entry: Span | undefined;
  text: Grant["text"];
}

interface Flow {
  sources: string[];
  ways: Way[];
  targets: string[];
  /** From a source to a way. */
  taken: Line[];
  /** From a way to a target. */
  reached: Line[];
}

/** From the IdP groups over entries of the mapping to the role and the groups: a picture of what the list below says in words. */
@customElement("flow-picture")
export class FlowPicture extends SpokenElement {
  static override styles = [
    shared,
    css`
      :host {
        container-type: inline-size;
      }

      .flow {
        display: grid;
        grid-template-columns: minmax(0, 4fr) minmax(1.5rem, 1fr) minmax(0, 7fr) minmax(1.5rem, 1fr) minmax(0, 4fr);
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

      .way span {
        width: 100%;
        text-align: center;
        border-style: dashed;
        border-radius: var(--wa-border-radius-s);
        color: var(--gs-quiet);
      }

      .way .text {
        display: inline;
        padding: 0;
        border: none;
        background: none;
        font-family: var(--wa-font-family-code);
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

      .raised {
        stroke-dasharray: 4 3;
      }

      /* Where there is little room, the line of the entry has to do; the list has its text. */
      @container (max-width: 34rem) {
        .flow {
          grid-template-columns: minmax(0, 1fr) 1rem auto 1rem minmax(0, 1fr);
        }

        .way .text {
          display: none;
        }
      }

      @container (max-width: 22rem) {
        .flow {
          grid-template-columns: minmax(0, 1fr) 0.4rem auto 0.4rem minmax(0, 1fr);
        }

        .node span {
          padding-inline: 0.2rem;
          font-size: 0.75rem;
        }
      }
    `,
  ];

  @property({ attribute: false }) resolution!: Resolution;
  /** The text that the entries are places of. */
  @property() mapping = "";
  /** The workspace's own text, where it differs from that one by entry. */
  @property() added = "";
  /** Whether that text is the saved one while another one is in the editor. */
  @property({ type: Boolean }) saved = false;

  override render() {
    const { sources, ways, targets, taken, reached } = flowOf(this.resolution);
    if (sources.length === 0 || targets.length === 0) return nothing;
    const { role } = this.resolution;
    const height = Math.max(sources.length, ways.length, targets.length) * ROW;
    const names = targets.map((name, row) =>
      role !== null && row === 0 ? `${messages().access.role}: ${name}` : name,
    );
    return html`
      <div class="flow" aria-hidden="true">
        <div>${sources.map((name) => html`<div class="node source"><span>${labelOf(name) ?? name}</span></div>`)}</div>
        ${lines(taken, height)}
        <div>${ways.map((way) => html`<div class="node way"><span>${this.#way(way)}</span></div>`)}</div>
        ${lines(reached, height)}
        <div>${names.map((name) => html`<div class="node target"><span>${name}</span></div>`)}</div>
      </div>
    `;
  }

  #way({ entry, text }: Way) {
    const m = messages().match;
    if (!entry) return m.sameName;
    return html`${this.saved ? m.savedLine(entry.line) : m.line(entry.line)}<span class="text">: ${(text === "workspace" ? this.added : this.mapping).slice(entry.start, entry.end)}</span>`;
  }
}

function lines(all: Line[], height: number): TemplateResult {
  const middle = (row: number) => row * ROW + ROW / 2;
  return html`<svg viewBox="0 0 100 ${height}" height=${height} preserveAspectRatio="none">
    ${all.map(
      ({ from, to, raised = false }) =>
        svg`<path class=${raised ? "raised" : ""} d="M 4 ${middle(from)} C 50 ${middle(from)}, 50 ${middle(to)}, 96 ${middle(to)}"></path>`,
    )}
  </svg>`;
}

/** Every grant is a way; and whether a group needs the role, the engine says in its reasons. */
function flowOf(resolution: Resolution): Flow {
  const { matches, role, roleReasons } = resolution;
  const groups = resolution.role === null ? [] : resolution.groups;
  const granting = matches.filter(({ grants }) => grants.some(({ kind }) => kind !== "unknown")).slice(0, MOST);
  const targets = [...(role === null ? [] : [role]), ...groups].slice(0, MOST);
  const rowOf = ({ kind, target }: Grant) => {
    if (kind === "role") return target === role ? 0 : -1;
    const row = groups.indexOf(target);
    return row < 0 ? -1 : row + (role === null ? 0 : 1);
  };
  const raising = new Set(roleReasons.flatMap((reason) => (reason.kind === "required-by" ? reason.group : [])));
  const flow: Flow = { sources: granting.map(({ idpGroup }) => idpGroup), ways: [], targets, taken: [], reached: [] };
  for (const [from, { grants }] of granting.entries()) {
    for (const grant of grants) {
      const to = rowOf(grant);
      if (to < 0 || to >= targets.length) continue;
      const way = wayOf(flow.ways, grant);
      if (way === MOST) continue;
      flow.taken.push({ from, to: way });
      if (!flow.reached.some((line) => line.from === way && line.to === to)) flow.reached.push({ from: way, to });
      if (grant.kind === "group" && raising.has(grant.target)) flow.reached.push({ from: way, to: 0, raised: true });
    }
  }
  return flow;
}

/** The row of what leads to a grant. A pattern leads several IdP groups on; what is called the same leads one. */
function wayOf(ways: Way[], { entry, text }: Grant): number {
  const known = entry ? ways.findIndex((way) => way.entry?.start === entry.start && way.text === text) : -1;
  if (known >= 0) return known;
  if (ways.length === MOST) return MOST;
  return ways.push({ entry, text }) - 1;
}
