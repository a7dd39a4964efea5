import redo from "bootstrap-icons/icons/arrow-clockwise.svg?raw";
import undo from "bootstrap-icons/icons/arrow-counterclockwise.svg?raw";
import rightArrow from "bootstrap-icons/icons/arrow-right.svg?raw";
import check from "bootstrap-icons/icons/check-circle-fill.svg?raw";
import left from "bootstrap-icons/icons/chevron-left.svg?raw";
import right from "bootstrap-icons/icons/chevron-right.svg?raw";
import dash from "bootstrap-icons/icons/dash-circle.svg?raw";
import warning from "bootstrap-icons/icons/exclamation-triangle-fill.svg?raw";
import info from "bootstrap-icons/icons/info-circle-fill.svg?raw";
import wand from "bootstrap-icons/icons/magic.svg?raw";
import pause from "bootstrap-icons/icons/pause-circle-fill.svg?raw";
import pencil from "bootstrap-icons/icons/pencil.svg?raw";
import question from "bootstrap-icons/icons/question-circle.svg?raw";
import table from "bootstrap-icons/icons/table.svg?raw";
import format from "bootstrap-icons/icons/text-indent-left.svg?raw";
import text from "bootstrap-icons/icons/text-left.svg?raw";
import trash from "bootstrap-icons/icons/trash3.svg?raw";
import cross from "bootstrap-icons/icons/x-octagon-fill.svg?raw";
import { html, nothing, type TemplateResult } from "lit";
import { unsafeHTML } from "lit/directives/unsafe-html.js";

const icons = {
  check,
  cross,
  dash,
  format,
  info,
  left,
  pause,
  pencil,
  question,
  redo,
  right,
  "right-arrow": rightArrow,
  table,
  text,
  trash,
  undo,
  wand,
  warning,
};

export type IconName = keyof typeof icons;

/** An icon, drawn in the colour of the text round it. Without a label it is decoration, and not read out. */
export function icon(name: IconName, { label, kind = "" }: { label?: string; kind?: string } = {}): TemplateResult {
  return html`<span
    class="icon ${kind}"
    role=${label ? "img" : nothing}
    aria-label=${label ?? nothing}
    aria-hidden=${label ? nothing : "true"}
    >${unsafeHTML(icons[name])}</span
  >`;
}
