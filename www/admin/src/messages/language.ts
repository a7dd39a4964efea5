import { Catalogue, type OwnMessages } from "idp-group-sync-elements/internal/messages/catalogue.js";
import { words as english, type Messages } from "./languages/en.js";

export type { Messages };

/** What the page says besides its elements. A language is a file in `languages/`, and nothing else: it is found by its name. */
export const catalogue = new Catalogue<Messages>(
  english,
  import.meta.glob<Messages>(["./languages/*.ts", "!./languages/en.ts"], { import: "words" }),
);

/** What the page says, in the language of the document. */
export function messages(): Messages {
  return catalogue.words;
}

/**
 * Adds a language, or changes what is said in one. What `own` leaves out is said as before, or in English in a new language.
 *
 * @param language a language tag as in `<html lang>`, such as `fr` or `pt-BR`
 */
export function defineSettingsMessages(language: string, own: OwnMessages<Messages>): void {
  catalogue.add(language, own);
}
