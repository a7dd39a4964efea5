// Why the engine refuses a command, in the page's language.

import { html, type TemplateResult } from "lit";
import { messages } from "../../messages/language.js";
import type { Rejection } from "../state/draft.js";
import { coded } from "./coded.js";

/** In the engine's own words where the language has none for the code. */
export function rejectionText({ code, message }: Pick<Rejection, "code" | "message">): TemplateResult {
  const known: Record<string, string> = messages().rejections;
  const words = known[code];
  return words === undefined ? html`<span lang="en">${coded(message)}.</span>` : html`${words}`;
}
