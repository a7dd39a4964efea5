// JSON: its values, and where in the text each value stands.
import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { DataDocument, type Path } from "./data-document.js";
import { InputError } from "./exit.js";
import type { SourceText } from "./inputs.js";
import { Lines, type Place } from "./lines.js";
import { visible } from "./visible.js";

/** A JSON text that could be read. */
export class JsonDocument extends DataDocument {
  readonly value: unknown;
  #lines: Lines | undefined;
  readonly #tree: Node | undefined;

  /** @throws {InputError} with line and column if the text is no JSON, or has a field twice */
  constructor(source: SourceText) {
    super(source);
    this.value = parse(source);
    this.#tree = treeOf(source.text);
    this.#refuseRepeats();
  }

  placeOf(path: Path): Place {
    for (let length = path.length; this.#tree !== undefined && length >= 0; length -= 1) {
      const node = findNodeAtLocation(this.#tree, path.slice(0, length));
      // For a field, its name is at fault as often as its value.
      if (node !== undefined) return this.#placeAt((propertyOf(node) ?? node).offset);
    }
    return { line: 1, column: 1 };
  }

  #placeAt(offset: number): Place {
    this.#lines ??= new Lines(this.source.text);
    return this.#lines.placeOf(offset);
  }

  /** Whoever wrote a field twice would see only one of the two do anything. */
  #refuseRepeats(): void {
    const waiting = this.#tree === undefined ? [] : [this.#tree];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      const names = new Set<string>();
      for (const child of node.children ?? []) {
        waiting.push(child);
        const name = child.type === "property" ? child.children?.[0]?.value : undefined;
        if (name !== undefined && names.has(name)) {
          const { line, column } = this.#placeAt(child.offset);
          const field = visible(String(name));
          throw new InputError(
            `${visible(this.source.name)}:${line}:${column}: the field \`${field}\` stands twice in this object`,
          );
        }
        names.add(name);
      }
    }
  }
}

/** The text with its places; nothing for one that is nested too deep for this parser. */
function treeOf(text: string, errors: ParseError[] = []): Node | undefined {
  try {
    return parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  } catch {
    return undefined;
  }
}

function propertyOf({ parent }: Node): Node | undefined {
  return parent?.type === "property" ? parent : undefined;
}

function parse(source: SourceText): unknown {
  if (source.text.trim() === "") throw new InputError(`${visible(source.name)}: this is empty, where JSON is expected`);
  try {
    return JSON.parse(source.text);
  } catch (error) {
    // What every runtime words differently, and some without a place, is found again for its place.
    const found = firstError(source.text);
    const place = found && new Lines(source.text).placeOf(found.offset);
    const at = place === undefined ? "" : `:${place.line}:${place.column}`;
    const sentence = (found && sentences[printParseErrorCode(found.error)]) ?? (error as Error).message;
    throw new InputError(`${visible(source.name)}${at}: this is no JSON: ${sentence}`);
  }
}

function firstError(text: string): ParseError | undefined {
  const errors: ParseError[] = [];
  treeOf(text, errors);
  return errors.sort((a, b) => a.offset - b.offset)[0];
}

const sentences: Record<string, string> = {
  InvalidSymbol: "expected a value, or text in double quotes",
  InvalidNumberFormat: "this number is not written as JSON has it",
  PropertyNameExpected: "expected a field's name in double quotes; there may be a comma too many",
  ValueExpected: "expected a value; there may be a comma too many",
  ColonExpected: "expected `:`",
  CommaExpected: "expected `,`",
  CloseBraceExpected: "expected `}`",
  CloseBracketExpected: "expected `]`",
  EndOfFileExpected: "nothing may follow the value",
  InvalidCommentToken: "JSON has no comments",
  UnexpectedEndOfComment: "JSON has no comments",
  UnexpectedEndOfString: "this text is not closed with a double quote on its line",
  UnexpectedEndOfNumber: "this number is not complete",
  InvalidUnicode: "`\\u` needs four hexadecimal digits",
  InvalidEscapeCharacter: "this escape does not exist; a backslash is written twice",
  InvalidCharacter: "this character is not allowed in a text; write it as an escape",
};
