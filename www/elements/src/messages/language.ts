import type { ReactiveControllerHost } from "lit";
import { de } from "./de.js";
import { en, type Messages } from "./en.js";

const languages = new Map<string, Messages>([
  ["en", en],
  ["de", de],
]);

const hosts = new Set<ReactiveControllerHost>();
let watched: MutationObserver | undefined;

/** What to say, in the language of the document: that of `<html lang>`, if there are words in it, or else English. */
export function words(): Messages {
  const [language = ""] = document.documentElement.lang.toLowerCase().split("-");
  return languages.get(language) ?? en;
}

/** The languages that there are words in. */
export function knownLanguages(): string[] {
  return [...languages.keys()];
}

/** Has an element written anew when the document's language changes. */
export function followLanguage(host: ReactiveControllerHost): void {
  host.addController({
    hostConnected: () => {
      hosts.add(host);
      // Made here, as modules are also loaded where pages are rendered on a server, and there is nothing to watch.
      watched ??= new MutationObserver(() => {
        for (const each of hosts) each.requestUpdate();
      });
      if (hosts.size === 1) watched.observe(document.documentElement, { attributeFilter: ["lang"] });
    },
    hostDisconnected: () => {
      hosts.delete(host);
      if (hosts.size === 0) watched?.disconnect();
    },
  });
}
