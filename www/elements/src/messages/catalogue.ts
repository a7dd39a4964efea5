import type { ReactiveControllerHost } from "lit";

/** Words in another language, or other words in the same one: what is left out is said as before, or in English. */
export type OwnMessages<Messages> = {
  [Name in keyof Messages]?: Messages[Name] extends (...values: never) => unknown
    ? Messages[Name]
    : Messages[Name] extends object
      ? OwnMessages<Messages[Name]>
      : Messages[Name];
};

const hosts = new Set<ReactiveControllerHost>();
let watched: MutationObserver | undefined;

/** Everything that elements or a page say, in each language that there are words in; the document's language chooses. */
export class Catalogue<Messages extends object> {
  readonly #languages: Map<string, Messages>;
  readonly #english: Messages;

  constructor(languages: { en: Messages } & Record<string, Messages>) {
    this.#english = languages.en;
    this.#languages = new Map(Object.entries(languages));
  }

  /** What to say, in the language of `<html lang>`: `pt-br`, or else `pt`, or else English. */
  get words(): Messages {
    const tag = document.documentElement.lang.toLowerCase();
    const [language = ""] = tag.split("-");
    return this.#languages.get(tag) ?? this.#languages.get(language) ?? this.#english;
  }

  /** Each language by its tag, such as `de`, with its words. */
  get languages(): ReadonlyMap<string, Messages> {
    return this.#languages;
  }

  /** Adds a language, or changes words of one. */
  add(tag: string, own: OwnMessages<Messages>): void {
    const language = tag.toLowerCase();
    const [wider = ""] = language.split("-");
    const present = this.#languages.get(language) ?? this.#languages.get(wider) ?? this.#english;
    this.#languages.set(language, merged(present, own) as Messages);
    for (const host of hosts) host.requestUpdate();
  }
}

function merged(present: unknown, own: unknown): unknown {
  if (own === undefined) return present;
  if (!isGroup(present) || !isGroup(own)) return own;
  const names = new Set([...Object.keys(present), ...Object.keys(own)]);
  const at = (from: object, name: string) => (Object.hasOwn(from, name) ? from[name as keyof typeof from] : undefined);
  return Object.fromEntries([...names].map((name) => [name, merged(at(present, name), at(own, name))]));
}

/** Words under one name, and not one of them: a template of Lit's is an object too, and not a plain one of names. */
function isGroup(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !("_$litType$" in value);
}

/** Has an element written anew when the document's language changes, or words do. */
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
