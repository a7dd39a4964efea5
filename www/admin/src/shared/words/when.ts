import { currentLanguage } from "../../messages/language.js";

/** A moment as people write it, in the page's language and their own time. */
export function when(moment: string): string {
  const language = currentLanguage();
  const locale = navigator.languages.find((tag) => tag.split("-", 1)[0] === language) ?? language;
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(new Date(moment));
}
