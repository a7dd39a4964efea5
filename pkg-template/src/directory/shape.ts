import { DirectoryError } from "./error.js";

/** A value in an answer, and where it stands there: what is read of it is of the expected kind, or an error that says where. */
export class Shape {
  readonly #value: unknown;
  readonly #place: string;
  readonly #path: string;

  private constructor(value: unknown, place: string, path: string) {
    this.#value = value;
    this.#place = place;
    this.#path = path;
  }

  static parse(text: string, place: string): Shape {
    try {
      return new Shape(JSON.parse(text), place, "");
    } catch {
      const help = "check that the address is that of the API, and no page for people";
      throw new DirectoryError("unexpected-answer", place, "the answer is no JSON", help);
    }
  }

  /** The field of an object; one that is not there is `undefined`, as `optional…` take it. */
  field(name: string): Shape {
    const value = this.#value;
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw this.wrong("an object");
    const found = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
    return new Shape(found, this.#place, this.#path === "" ? name : `${this.#path}.${name}`);
  }

  list(): Shape[] {
    if (!Array.isArray(this.#value)) throw this.wrong("a list");
    return this.#value.map((item, index) => new Shape(item, this.#place, `${this.#path}[${index}]`));
  }

  optionalList(): Shape[] {
    return this.#value === undefined ? [] : this.list();
  }

  /** A text that is not empty: an id or a name. */
  text(): string {
    if (typeof this.#value !== "string" || this.#value === "") throw this.wrong("a text");
    return this.#value;
  }

  optionalText(): string | undefined {
    return this.#value === undefined || this.#value === null ? undefined : this.text();
  }

  flag(): boolean {
    if (typeof this.#value !== "boolean") throw this.wrong("true or false");
    return this.#value;
  }

  optionalFlag(): boolean {
    return this.#value !== undefined && this.flag();
  }

  number(): number {
    if (typeof this.#value !== "number") throw this.wrong("a number");
    return this.#value;
  }

  optionalNumber(): number | undefined {
    return this.#value === undefined ? undefined : this.number();
  }

  wrong(expected: string, help = "check that the address is that of this provider's API"): DirectoryError {
    const place = this.#path === "" ? this.#place : `${this.#place}: ${this.#path}`;
    return new DirectoryError("unexpected-answer", place, `expected ${expected}, found ${kindOf(this.#value)}`, help);
  }
}

/** What a value is, without what it holds. */
function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (value === "") return "an empty text";
  if (Array.isArray(value)) return "a list";
  const kinds: Record<string, string> = { string: "a text", boolean: "true or false", number: "a number" };
  return kinds[typeof value] ?? "an object";
}
