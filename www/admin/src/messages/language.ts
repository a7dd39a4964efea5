// Which language the page speaks. A language is one file; `de.ts` is held to the shape of `en.ts` by the compiler.

import { Catalogue } from "idp-group-sync-elements/internal/messages/catalogue.js";
import { de } from "./de.js";
import { en } from "./en.js";

export type Messages = typeof en;

const catalogue = new Catalogue<Messages>({ en, de });
const STORED = "language";

/** What the page says, in the language of the document. */
export function messages(): Messages {
  return catalogue.words;
}

/** Each language by its tag, and what it calls itself. */
export function languageNames(): [tag: string, name: string][] {
  return [...catalogue.languages].map(([tag, { languageName }]) => [tag, languageName]);
}

export function currentLanguage(): string {
  return document.documentElement.lang;
}

export function chooseLanguage(tag: string): void {
  document.documentElement.lang = tag;
  try {
    localStorage.setItem(STORED, tag);
  } catch {
    // Storage is switched off: the choice lasts as long as the page.
  }
}

/** The language that was chosen here before, or else the first of the browser's that there are words in. */
export function speakLanguage(): void {
  const preferred = [keptLanguage(), ...navigator.languages.map((tag) => tag.toLowerCase().split("-", 1)[0])];
  document.documentElement.lang = preferred.find((tag) => tag && catalogue.languages.has(tag)) ?? "en";
}

function keptLanguage(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}
