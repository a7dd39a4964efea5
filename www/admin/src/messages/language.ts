import { Catalogue } from "idp-group-sync-elements/internal/messages/catalogue.js";
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
