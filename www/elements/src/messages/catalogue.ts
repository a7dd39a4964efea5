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

/** Everything that elements or a page say. The document's language chooses, and is loaded when it is first asked for. */
export class Catalogue<Messages extends object> {
  readonly #english: Messages;
  readonly #files: ReadonlyMap<string, () => Promise<Messages>>;
  readonly #loaded = new Map<string, Messages>();
  readonly #own = new Map<string, OwnMessages<Messages>>();
  /** What is said in the languages that were asked for, with one's own words in it. */
  readonly #said = new Map<string, Messages>();

  /** `files` are the languages besides English, a file each, as `import.meta.glob` gives them: `./languages/de.ts`. */
  constructor(english: Messages, files: Record<string, () => Promise<Messages>>) {
    this.#english = english;
    this.#files = new Map(Object.entries(files).map(([path, load]) => [path.replace(/^.*\/|\.\w+$/g, ""), load]));
  }

  /** What to say, in the language of `<html lang>`: `pt-br`, or else `pt`, or else English. It is English until the words are there. */
  get words(): Messages {
    const tag = document.documentElement.lang.toLowerCase();
    const said = this.#said.get(tag);
    if (said) return said;
    // If the words do not come, English stands.
    this.load(tag).catch(() => {});
    return this.#say(tag);
  }

  /** The tags of all languages that there are words in. */
  get languages(): string[] {
    return [...new Set(["en", ...this.#files.keys(), ...this.#own.keys()])];
  }

  /** Resolves when the words of a language are there, and rejects if they cannot be loaded. */
  async load(tag: string): Promise<void> {
    const missing = [...widening(tag)].filter((name) => this.#files.has(name) && !this.#loaded.has(name));
    if (missing.length === 0) return;
    const found = await Promise.all(missing.map((name) => this.#files.get(name)?.()));
    for (const [place, name] of missing.entries()) {
      const words = found[place];
      if (words) this.#loaded.set(name, words);
    }
    this.#tell();
  }

  /** Adds a language, or changes words of one. */
  add(tag: string, own: OwnMessages<Messages>): void {
    const language = tag.toLowerCase();
    this.#own.set(language, merged(this.#own.get(language), own) as OwnMessages<Messages>);
    this.#tell();
  }

  #say(tag: string): Messages {
    const layers = ["en", ...widening(tag)].flatMap((name) => [this.#loaded.get(name), this.#own.get(name)]);
    const said = layers.reduce<unknown>(merged, this.#english) as Messages;
    this.#said.set(tag, said);
    return said;
  }

  #tell(): void {
    this.#said.clear();
    for (const host of hosts) host.requestUpdate();
  }
}

/** `pt` and `pt-br` of `pt-BR`. */
function widening(tag: string): Set<string> {
  const language = tag.toLowerCase();
  return new Set([language.split("-", 1)[0] ?? language, language]);
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
