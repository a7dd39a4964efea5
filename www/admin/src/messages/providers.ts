import { Catalogue } from "idp-group-sync-elements/internal/messages/catalogue.js";
import { words as english, type ProviderMessages } from "./providers/en.js";

const catalogue = new Catalogue<ProviderMessages>(
  english,
  import.meta.glob<ProviderMessages>(["./providers/*.ts", "!./providers/en.ts"], { import: "words" }),
);

/** What is said of identity providers: loaded with their list, as few visits need it. */
export function providerMessages(): ProviderMessages {
  return catalogue.words;
}
