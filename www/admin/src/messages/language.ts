// Which language the page speaks. A language is one file; `de.ts` is held to the shape of `en.ts` by the compiler.

import { de } from "./de.js";
import { en } from "./en.js";

export type Messages = typeof en;

export const languages = { en, de } satisfies Record<string, Messages>;
export type Language = keyof typeof languages;

const STORED = "language";
let language: Language = keptLanguage() ?? browserLanguage();

/** What the page says, in the present language. */
export function messages(): Messages {
  return languages[language];
}

export function currentLanguage(): Language {
  return language;
}

export function chooseLanguage(chosen: Language): void {
  language = chosen;
  try {
    localStorage.setItem(STORED, chosen);
  } catch {
    // Storage is switched off: the choice lasts as long as the page.
  }
  announce();
}

/** Tells the document, so that screen readers pronounce it rightly, and whoever shows words. */
export function announce(): void {
  document.documentElement.lang = language;
  document.dispatchEvent(new CustomEvent("language-change"));
}

function keptLanguage(): Language | undefined {
  try {
    return languageNamed(localStorage.getItem(STORED));
  } catch {
    return undefined;
  }
}

function browserLanguage(): Language {
  return navigator.languages.map((tag) => languageNamed(tag.split("-", 1)[0])).find(Boolean) ?? "en";
}

function languageNamed(name: string | null | undefined): Language | undefined {
  return name && name in languages ? (name as Language) : undefined;
}
