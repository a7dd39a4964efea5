import { unsafeCSS } from "lit";
import text from "./tokens.css?inline";

/** The design tokens for an element that is embedded where nobody else brings them. */
export const tokens = unsafeCSS(text);
