// Documents in YAML: what could as well be JSON, with comments.
import type { ParsedNode, YAMLError } from "yaml";
import { DataDocument, type Path } from "./data-document.js";
import { InputError } from "./exit.js";
import type { SourceText } from "./inputs.js";
import { Lines, type Place } from "./lines.js";
import { visible } from "./visible.js";

type Library = typeof import("./cli-yaml.js");

class YamlDocument extends DataDocument {
  readonly value: unknown;
  readonly #lines: Lines;
  readonly #library: Library;
  readonly #tree: ReturnType<Library["parseDocument"]>;

  constructor(source: SourceText, library: Library) {
    super(source);
    this.#lines = new Lines(source.text);
    this.#library = library;
    this.#tree = library.parseDocument(source.text, { prettyErrors: false, uniqueKeys: true });
    const wrong: YAMLError | undefined = this.#tree.errors[0] ?? this.#tree.warnings[0];
    if (wrong !== undefined) throw this.#refused(wrong.pos[0], reasons[wrong.code] ?? sentence(wrong.message));
    if (this.#tree.contents === null) {
      throw new InputError(`${visible(source.name)}: this is empty, where YAML is expected`);
    }
    try {
      this.value = this.#tree.toJS({ maxAliasCount: 100 });
    } catch (error) {
      throw this.#refused(0, sentence((error as Error).message));
    }
  }

  placeOf(path: Path): Place {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = this.#tree.getIn(path.slice(0, length), true);
      if (this.#library.isNode(node) && node.range)
        return this.#lines.placeOf(this.#keyOf(path.slice(0, length)) ?? node.range[0]);
    }
    return { line: 1, column: 1 };
  }

  /** Where the name of a field stands, which is at fault as often as its value. */
  #keyOf(path: Path): number | undefined {
    const parent = path.length === 0 ? undefined : this.#tree.getIn(path.slice(0, -1), true);
    const items = (parent as { items?: { key?: ParsedNode & { value?: unknown } }[] } | undefined)?.items ?? [];
    return items.find(({ key }) => key?.value !== undefined && String(key.value) === path.at(-1))?.key?.range?.[0];
  }

  #refused(offset: number, message: string): InputError {
    const { line, column } = this.#lines.placeOf(offset);
    return new InputError(visible(`${this.source.name}:${line}:${column}: this is no YAML: ${message}`));
  }
}

/** @throws {InputError} with line and column if the text is no YAML, has a field twice, or is more than one document */
export async function yamlDocument(source: SourceText): Promise<DataDocument> {
  return new YamlDocument(source, await import("./cli-yaml.js"));
}

const reasons: Record<string, string> = {
  DUPLICATE_KEY: "this field stands twice in its object",
  MULTIPLE_DOCS: "only one document may stand in a file",
  TAB_AS_INDENT: "lines are indented with spaces, not with tabs",
};

/** The library's own words, as ours begin and end. */
function sentence(message: string): string {
  const line = message.split("\n")[0] ?? "";
  return line.charAt(0).toLowerCase() + line.slice(1).replace(/\.$/, "");
}
