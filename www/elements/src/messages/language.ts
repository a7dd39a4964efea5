import { Catalogue, type OwnMessages } from "./catalogue.js";
import { de } from "./de.js";
import { en, type Messages } from "./en.js";

export { followLanguage } from "./catalogue.js";

const catalogue = new Catalogue<Messages>({ en, de });

/** What the elements and the pages say, in the language of the document. */
export function words(): Messages {
  return catalogue.words;
}

/** The languages that there are words in. */
export function knownLanguages(): string[] {
  return [...catalogue.languages.keys()];
}

/**
 * Adds a language, or changes what is said in one. What `messages` leaves out is said as before, or in English in a new language.
 *
 * @param language a language tag as in `<html lang>`, such as `fr` or `pt-BR`
 */
export function defineMessages(language: string, messages: OwnMessages<Messages>): void {
  catalogue.add(language, messages);
}
