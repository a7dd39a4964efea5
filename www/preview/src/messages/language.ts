import { Catalogue } from "idp-group-sync-elements/internal/messages/catalogue.js";
import { words as english, type Messages } from "./languages/en.js";

/** What the preview page says besides its elements. A language is a file in `languages/`, found by its name. */
export const catalogue = new Catalogue<Messages>(
  english,
  import.meta.glob<Messages>(["./languages/*.ts", "!./languages/en.ts"], { import: "words" }),
);

export function messages(): Messages {
  return catalogue.words;
}
