import { type Extension, Facet } from "@codemirror/state";
import { activateHover, EditorView, hoverTooltip, type KeyBinding, type Tooltip } from "@codemirror/view";
import { html, nothing, render, type TemplateResult } from "lit";
import type { Explanation, Touched } from "../engine/questions.js";
import { words } from "../messages/language.js";

/** Explains the entry at a place; calls back again as more of the known users are counted, until it is stopped. */
export type Explainer = (at: number, told: (explanation: Told) => void) => () => void;

/** What is known of an entry so far. */
export type Told = { explanation: Explanation; touched: Touched | undefined } | undefined;

/** Who explains entries in this editor. */
export const explainer = Facet.define<Explainer, Explainer | undefined>({ combine: (values) => values[0] });

/** What an entry does, in words. */
export function explanationText({ explanation, touched }: NonNullable<Told>): TemplateResult {
  const { entry, alone, runs } = explanation;
  const texts = words().explanation;
  return html`
    <div>${whatItDoes(explanation)}${runs ? nothing : html` ${texts.broken}`}</div>
    ${
      alone && alone.role !== null && explanation.kind !== "unknown" && entry.source.kind === "name"
        ? html`<div class="quiet">${texts.alone(alone.role, alone.groups)}</div>`
        : nothing
    }
    ${
      touched && touched.of > 0
        ? html`<div class="quiet">
            ${touched.counted < touched.of ? texts.counting(touched.counted, touched.of) : texts.touched(touched.users, touched.of)}
          </div>`
        : nothing
    }
  `;
}

function whatItDoes({ entry, kind }: Explanation): TemplateResult {
  const texts = words().explanation;
  const { source, target } = entry;
  const members = texts.members(source.text, source.kind === "pattern");
  if (target.kind === "capture") return texts.capture(members, target.text);
  switch (kind) {
    case "role":
      return texts.role(members, target.text);
    case "group":
      return texts.group(members, target.text);
    case "unknown":
      return texts.unknown(target.text);
    case undefined:
      return html`<code>${source.text}</code> → <code>${target.text}</code>.`;
  }
}

const hover = hoverTooltip((view, at) => {
  const explain = view.state.facet(explainer);
  if (!explain) return null;
  return new Promise<Tooltip | null>((resolve) => {
    const dom = document.createElement("div");
    dom.className = "cm-explanation";
    const stop = explain(at, (told) => {
      if (told) {
        render(explanationText(told), dom);
        if (isWhole(told)) view.dispatch({ effects: EditorView.announce.of(dom.textContent.replaceAll(/\s+/g, " ")) });
      }
      resolve(
        told
          ? {
              pos: told.explanation.entry.span.start,
              end: told.explanation.entry.span.end,
              above: false,
              create: () => ({ dom, destroy: stop }),
            }
          : null,
      );
    });
  });
});

/** Whether all users are counted that are to be: only then is it read out. */
function isWhole({ touched }: NonNullable<Told>): boolean {
  return touched === undefined || touched.counted === touched.of;
}

/** Shows what the entry at the cursor does, as if the pointer rested on it, until the cursor moves on. */
export function explainAtCursor(view: EditorView): boolean {
  activateHover(view, view.state.selection.main.head, 1, {
    tooltip: hover,
    until: (transaction) => transaction.selection !== undefined || transaction.docChanged,
  });
  return true;
}

export const explanationKeys: readonly KeyBinding[] = [{ key: "Mod-i", run: explainAtCursor }];

/** What an entry does and whom it touches, where the pointer rests on it. */
export function entryExplanation(explain: Explainer): Extension {
  return [explainer.of(explain), hover];
}
