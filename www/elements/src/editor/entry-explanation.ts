import { type Extension, Facet } from "@codemirror/state";
import { activateHover, EditorView, hoverTooltip, type KeyBinding, type Tooltip } from "@codemirror/view";
import type { Term } from "idp-group-sync";
import { html, nothing, render, type TemplateResult } from "lit";
import type { Explanation, Touched } from "../engine/questions.js";
import { words } from "../messages/language.js";
import type { ExplainedTerm } from "../messages/phrases.js";

/** Explains the entry at a place; calls back again as more of the known users are counted, until it is stopped. */
export type Explainer = (at: number, told: (explanation: Told) => void) => () => void;

/** What is known of an entry so far. */
export type Told = { explanation: Explanation; touched: Touched | undefined } | undefined;

/** Who explains entries in this editor. */
export const explainer = Facet.define<Explainer, Explainer | undefined>({ combine: (values) => values[0] });

/** What an entry does, in words. */
export function explanationText({ explanation, touched }: NonNullable<Told>): TemplateResult {
  const { entry, alone, unknownIn, runs } = explanation;
  const texts = words().explanation;
  return html`
    <div>${whatItDoes(explanation)}${runs ? nothing : html` ${texts.broken}`}</div>
    ${unknownIn.length > 0 ? html`<div>${texts.unknownIn(unknownIn)}</div>` : nothing}
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

function whatItDoes({ entry, kind, labels }: Explanation): TemplateResult {
  const texts = words().explanation;
  const { source, target } = entry;
  const members = source.terms
    ? texts.membersOfAll(termsOf(source.terms, false, labels), termsOf(source.terms, true, labels))
    : texts.members(source.text, source.kind === "pattern", labels[source.text]);
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

/** The terms that are excluded, or those that are not. */
function termsOf(terms: readonly Term[], excluded: boolean, labels: Explanation["labels"]): ExplainedTerm[] {
  return terms
    .filter((term) => (term.excluded ?? false) === excluded)
    .map(({ text, kind }) => ({ text, isPattern: kind === "pattern", label: labels[text] }));
}

/** The answer to a question that was asked by keyboard, just while it is being shown. */
let ready: Tooltip | undefined;

/** What is said is about the text as it is: it goes away with the first change. */
const hover = hoverTooltip((view, at) => ready ?? explained(view, at).tooltip, { hideOnChange: true });

/** Asks what the entry at a place does. */
function explained(view: EditorView, at: number): { tooltip: Promise<Tooltip | null>; stop: () => void } {
  const explain = view.state.facet(explainer);
  let stop = (): void => {};
  const tooltip = new Promise<Tooltip | null>((resolve) => {
    if (!explain) {
      resolve(null);
      return;
    }
    const dom = document.createElement("div");
    dom.className = "cm-explanation";
    stop = explain(at, (told) => {
      if (!told) {
        resolve(null);
        return;
      }
      render(explanationText(told), dom);
      // Once it is shown: whatever happens to the editor before makes it drop a tooltip that is still to come.
      if (isWhole(told)) setTimeout(() => announce(view, dom));
      const { start, end } = told.explanation.entry.span;
      resolve({ pos: start, end, above: false, create: () => ({ dom, destroy: () => stop() }) });
    });
  });
  return { tooltip, stop: () => stop() };
}

function announce(view: EditorView, dom: HTMLElement): void {
  if (dom.isConnected) view.dispatch({ effects: EditorView.announce.of(dom.textContent.replaceAll(/\s+/g, " ")) });
}

/** Whether all users are counted that are to be: only then is it read out. */
function isWhole({ touched }: NonNullable<Told>): boolean {
  return touched === undefined || touched.counted === touched.of;
}

/** Shows what the entry at the cursor does, as if the pointer rested on it, until the cursor moves on. */
export function explainAtCursor(view: EditorView): boolean {
  const { doc, selection } = view.state;
  const at = selection.main.head;
  const { tooltip, stop } = explained(view, at);
  void tooltip.then((shown) => {
    if (!shown) return;
    if (view.state.doc !== doc || !view.state.selection.eq(selection)) {
      stop();
      return;
    }
    ready = shown;
    activateHover(view, at, 1, {
      tooltip: hover,
      until: (transaction) => transaction.selection !== undefined || transaction.docChanged,
    });
    ready = undefined;
  });
  return true;
}

export const explanationKeys: readonly KeyBinding[] = [{ key: "Mod-i", run: explainAtCursor }];

/** What an entry does and whom it touches, where the pointer rests on it. */
export function entryExplanation(explain: Explainer): Extension {
  return [explainer.of(explain), hover];
}
