import { Catalogue, type OwnMessages } from "./catalogue.js";
import { words as english, type Messages } from "./languages/en.js";

export { followLanguage } from "./catalogue.js";

/** What the elements say. A language is a file in `languages/`, and nothing else: it is found by its name. */
export const catalogue = new Catalogue<Messages>(
  english,
  import.meta.glob<Messages>(["./languages/*.ts", "!./languages/en.ts"], { import: "words" }),
);

/** What the elements say, in the language of the document. */
export function words(): Messages {
  return catalogue.words;
}

/**
 * Adds a language, or changes what is said in one. What `messages` leaves out is said as before, or in English in a new language.
 *
 * @param language a language tag as in `<html lang>`, such as `es` or `pt-BR`
 */
export function defineMessages(language: string, messages: OwnMessages<Messages>): void {
  catalogue.add(language, messages);
}
