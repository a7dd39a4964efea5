// Which language a page speaks.

import type { Catalogue } from "../messages/catalogue.js";
import { catalogue as elements } from "../messages/language.js";

const STORED = "language";

/** Where `start-failure.js` finds what to say when nothing of the page can be loaded. */
const START_FAILURE = "start-failure";

/** Each language of a page by its tag, and what it calls itself. */
export function languageNames({ languages }: Catalogue<object>): [tag: string, name: string][] {
  return languages.map((tag) => {
    const name = new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
    return [tag, name.charAt(0).toLocaleUpperCase(tag) + name.slice(1)];
  });
}

export function currentLanguage(): string {
  return document.documentElement.lang;
}

/** The language that was chosen here before, or else the first of the browser's that there are words in. */
export async function speakLanguage(page: Catalogue<object>): Promise<void> {
  const asked = [keptLanguage() ?? [], ...navigator.languages].flat().map((tag) => tag.toLowerCase());
  const tags = asked.flatMap((tag) => [tag, tag.split("-", 1)[0] ?? tag]);
  await speak(page, tags.find((tag) => page.languages.includes(tag)) ?? "en").catch(() => speak(page, "en"));
}

/** Speaks another language from now on, and when the page is opened again. */
export async function chooseLanguage(page: Catalogue<object>, tag: string): Promise<void> {
  await speak(page, tag);
  keep(STORED, tag);
}

async function speak(page: Catalogue<object>, tag: string): Promise<void> {
  await Promise.all([page.load(tag), elements.load(tag)]);
  document.documentElement.lang = tag;
  const { failed, again } = elements.words.start;
  // English it knows by itself.
  keep(START_FAILURE, tag === "en" ? null : JSON.stringify([failed, again]));
}

function keep(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // Storage is switched off: it lasts as long as the page.
  }
}

function keptLanguage(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}
