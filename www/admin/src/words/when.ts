import { currentLanguage } from "../messages/language.js";

/** A moment as people write it, in the page's language and their own time. */
export function when(moment: string): string {
  return new Intl.DateTimeFormat(currentLanguage(), { dateStyle: "medium", timeStyle: "short" }).format(
    new Date(moment),
  );
}
