// How JavaScript values are read: as `JSON.stringify` would, but each property once; and what JSON would leave out or misrepresent
// (a function, a `Map`, a cycle) is refused with its place rather than passed over in silence.
//
// Getters, proxies and `toJSON` run foreign code. What they throw is caught here and becomes `invalid-input`. Nothing of it runs
// again: what comes out is a copy of plain data.

import { GroupSyncError } from "./error.js";

/** How deep arrays and objects may be nested. */
const MAX_DEPTH = 128;
/**
 * How many values one argument may hold, and how many bytes its strings may have as JSON text. Shared values and sparse arrays
 * make an argument far bigger to read than it is in JavaScript; this bounds what they can take.
 */
const MAX_VALUES = 1_000_000;
const MAX_TEXT_BYTES = 256 * 1024 * 1024;
/** Up to here, text is counted by its code units. */
const FEW_BYTES = 1024 * 1024;

/**
 * What to do with a string that is not well-formed, that is, has a lone surrogate. As UTF-8 it would become the same as others.
 *
 * - `keep`: it names nothing, and the engine says so
 * - `keep-in-claims`: keep it in the properties called `claims`, and refuse it elsewhere
 * - `refuse`
 */
export type IllFormed = "keep" | "keep-in-claims" | "refuse";

/** Plain data: nothing of it is foreign. */
export type Plain = null | boolean | number | string | Plain[] | { [name: string]: Plain };

/**
 * The argument as plain data; nothing for one that was not given.
 *
 * @param name what paths begin with; nothing where they begin at the value
 * @throws {GroupSyncError} `invalid-input` or `too-large`, with the path of what is no plain data
 */
export function plain(value: unknown, name: string, illFormed: IllFormed = "refuse"): Plain | undefined {
  return read(value, name, new Reader(illFormed, false));
}

/** The same for what holds rows of a database, which have whole numbers as `BigInt`; claims, which are read as they are, have none. */
export function plainRows(value: unknown, name: string, illFormed: IllFormed = "refuse"): Plain | undefined {
  return read(value, name, new Reader(illFormed, true));
}

function read(value: unknown, name: string, reader: Reader): Plain | undefined {
  if (value === undefined) return undefined;
  try {
    return reader.value(value, "") ?? null;
  } catch (thrown) {
    const { code, message, path } = within(name, thrown);
    throw new GroupSyncError(code, message, path === "" ? {} : { path });
  }
}

/** True if the string has no lone surrogate. */
export function isWellFormed(text: string & { isWellFormed?(): boolean }): boolean {
  return text.isWellFormed?.() ?? !LONE_SURROGATE.test(text);
}

/** The string with U+FFFD in the place of each lone surrogate. */
export function wellFormed(text: string): string {
  return text.replace(LONE_SURROGATES, "\ufffd");
}

const LONE_SURROGATE = /\p{Surrogate}/u;
const LONE_SURROGATES = /\p{Surrogate}/gu;

/**
 * The argument as a mapping text to look at, whatever it holds. U+FFFD stands for a lone surrogate, so offsets stay the same.
 */
export function anyText(value: unknown, name: string): string {
  return wellFormed(stringOf(value, name));
}

/** The argument as a mapping text to work with. */
export function wholeText(value: unknown, name: string): string {
  const text = stringOf(value, name);
  if (isWellFormed(text)) return text;
  throw new GroupSyncError("invalid-input", ILL_FORMED, { path: name });
}

function stringOf(value: unknown, name: string): string {
  if (typeof value === "string") return value;
  throw new GroupSyncError("invalid-input", `expected a string, found ${kind(value)}`, { path: name });
}

/** The argument as a cursor's place, in UTF-16 code units. A place past any text is as good as its end. */
export function place(value: unknown, name: string): number {
  if (typeof value === "number" && value >= 0 && value % 1 === 0) return Math.min(value, Number.MAX_SAFE_INTEGER);
  const found = typeof value === "number" ? "another number" : kind(value);
  throw new GroupSyncError("invalid-input", `expected a whole number from 0, found ${found}`, { path: name });
}

/** What a JavaScript value is, with its article, for a sentence. */
export function kind(value: unknown): string {
  if (value === null) return "null";
  const type = typeof value;
  if (type === "undefined") return "nothing";
  if (type === "bigint") return "a BigInt";
  return type === "object" ? "an object" : `a ${type}`;
}

/** The sentence about a string that is refused. */
const ILL_FORMED = "expected well-formed Unicode, found a string with a lone surrogate";

/** Why a value cannot be written. Foreign code never sees one, so none of these is a foreign error. */
class Refusal {
  readonly code: "invalid-input" | "too-large";
  readonly message: string;
  /** Where it is, as seen from the value that is being read. */
  path = "";

  constructor(code: "invalid-input" | "too-large", message: string) {
    this.code = code;
    this.message = message;
  }
}

/** Stands for an own `toJSON` that has not been read yet. */
const UNREAD = Symbol("unread");

class Reader {
  #illFormed: IllFormed;
  readonly #takesBigInts: boolean;
  /** The arrays and objects that hold the value that is being read. */
  readonly #ancestors: object[] = [];
  #values = 0;
  #bytes = 0;

  constructor(illFormed: IllFormed, takesBigInts: boolean) {
    this.#illFormed = illFormed;
    this.#takesBigInts = takesBigInts;
  }

  /** The value as plain data; `undefined` for `undefined`, which JSON does not have. */
  value(value: unknown, key: string | number): Plain | undefined {
    this.#values += 1;
    if (this.#values > MAX_VALUES) throw tooManyValues();
    if (typeof value === "string") return this.#string(value);
    if (value === null || (typeof value !== "object" && typeof value !== "function" && typeof value !== "bigint")) {
      return this.#converted(value, UNREAD);
    }
    let toJSON: unknown;
    try {
      toJSON = (value as { toJSON?: unknown }).toJSON;
    } catch (thrown) {
      throw threw(thrown);
    }
    if (typeof toJSON !== "function") return this.#converted(value, toJSON);
    // Node's Buffer has a `toJSON`, and what it gives is no JSON that anyone means.
    if (typeof value === "object" && isBytes(tag(value))) throw refused(value);
    let converted: unknown;
    try {
      converted = Reflect.apply(toJSON, value, [String(key)]);
    } catch (thrown) {
      throw threw(thrown);
    }
    return this.#converted(converted, UNREAD);
  }

  /** Reads a value that has been through its `toJSON`. An own property of that name that is no function was read for it. */
  #converted(value: unknown, toJSON: unknown): Plain | undefined {
    switch (typeof value) {
      case "string":
        return this.#string(value);
      case "number":
        return Number.isFinite(value) ? value : null;
      case "boolean":
      case "undefined":
        return value;
      case "bigint":
        if (this.#takesBigInts && this.#illFormed !== "keep") return Number(value);
        throw refused(value);
      case "object":
        return value === null ? null : this.#nested(value, toJSON);
      default:
        throw refused(value);
    }
  }

  #nested(value: object, toJSON: unknown): Plain {
    if (this.#ancestors.includes(value)) {
      throw new Refusal("invalid-input", "expected plain JSON data, found an object that holds itself");
    }
    if (this.#ancestors.length === MAX_DEPTH) {
      throw new Refusal("too-large", `arrays and objects may be nested ${MAX_DEPTH} deep, and no deeper`);
    }
    this.#ancestors.push(value);
    const copy = isArray(value) ? this.#list(value) : this.#object(value, toJSON);
    this.#ancestors.pop();
    return copy;
  }

  #list(array: unknown[]): Plain[] {
    const length = lengthOf(array);
    if (length > MAX_VALUES - this.#values) throw tooManyValues();
    const copy: Plain[] = withoutToJSON([]);
    let index = 0;
    try {
      for (; index < length; index += 1) copy.push(this.value(array[index], index) ?? null);
    } catch (thrown) {
      throw within(`[${index}]`, thrown);
    }
    return copy;
  }

  #object(object: object, toJSON: unknown): Record<string, Plain> {
    if (!isPlain(object)) throw refused(object);
    const illFormed = this.#illFormed;
    const copy = new Bare();
    const names = ownNames(object);
    let index = 0;
    try {
      for (; index < names.length; index += 1) {
        const name = names[index];
        if (illFormed === "keep-in-claims" && name === "claims") this.#illFormed = "keep";
        const isRead = name === "toJSON" && toJSON !== UNREAD;
        const value = this.value(isRead ? toJSON : (object as Record<string, unknown>)[name], name);
        this.#illFormed = illFormed;
        const isNamed = isWellFormed(name);
        if (!isNamed && illFormed !== "keep") throw new Refusal("invalid-input", ILL_FORMED);
        this.#count(name);
        // Nothing that is looked for has a name that is not well-formed.
        if (isNamed && value !== undefined) copy[name] = value;
      }
    } catch (thrown) {
      throw within(step(names[index]), thrown);
    }
    return copy;
  }

  #string(text: string): string {
    if (this.#illFormed !== "keep" && !isWellFormed(text)) throw new Refusal("invalid-input", ILL_FORMED);
    this.#count(text);
    return text;
  }

  #count(text: string): void {
    this.#bytes += this.#bytes < FEW_BYTES ? text.length : bytesOf(text);
    if (this.#bytes > MAX_TEXT_BYTES) {
      throw new Refusal("too-large", `all strings together may have ${MAX_TEXT_BYTES} bytes, and no more`);
    }
  }
}

/** Makes objects that inherit nothing, so that any name does for a property; faster than `Object.create(null)`. */
const Bare = bare as unknown as new () => Record<string, Plain>;
bare.prototype = Object.freeze(Object.create(null));

function bare(): void {}

/** A `toJSON` that a program gave to all arrays or objects is asked when a value is read, and not of what is made of it. */
export function withoutToJSON<Copy extends object>(copy: Copy): Copy {
  return "toJSON" in copy ? Object.defineProperty(copy, "toJSON", { configurable: true, writable: true }) : copy;
}

/** How many bytes a string has as JSON text. */
function bytesOf(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x20) bytes += 5;
    else if (unit < 0x80) bytes += unit === 0x22 || unit === 0x5c ? 1 : 0;
    // A pair of surrogates has four.
    else bytes += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
  }
  return bytes;
}

function isArray(value: object): value is unknown[] {
  try {
    return Array.isArray(value);
  } catch (thrown) {
    throw threw(thrown);
  }
}

/** A proxy may claim any length. */
function lengthOf(array: unknown[]): number {
  try {
    const length: unknown = array.length;
    return typeof length === "number" && length > 0 ? Math.floor(length) : 0;
  } catch (thrown) {
    throw threw(thrown);
  }
}

function ownNames(object: object): string[] {
  try {
    return Object.keys(object);
  } catch (thrown) {
    throw threw(thrown);
  }
}

/** Whether an object is what its own properties say, as opposed to one that keeps its content elsewhere. */
function isPlain(object: object): boolean {
  let prototype: unknown;
  try {
    prototype = Object.getPrototypeOf(object);
  } catch (thrown) {
    throw threw(thrown);
  }
  if (prototype === Object.prototype || prototype === null) return true;
  const name = tag(object);
  return !isBytes(name) && !OPAQUE.has(name);
}

/** The class of an object as `Object.prototype.toString` tells it, which holds for objects of other realms too. */
function tag(object: object): string {
  try {
    return Object.prototype.toString.call(object).slice("[object ".length, -1);
  } catch (thrown) {
    throw threw(thrown);
  }
}

function isBytes(name: string): boolean {
  return name === "DataView" || name.endsWith("ArrayBuffer") || (name.endsWith("Array") && name !== "Array");
}

const BOXES = new Set(["String", "Number", "Boolean", "BigInt", "Symbol"]);
const OPAQUE = new Set([...BOXES, "Map", "Set", "WeakMap", "WeakSet", "WeakRef", "Promise", "RegExp"]);

function refused(value: unknown): Refusal {
  return new Refusal("invalid-input", refusal(value));
}

function refusal(value: unknown): string {
  let name = "";
  try {
    if (typeof value === "object" && value !== null) name = tag(value);
  } catch {
    // What cannot be named is an object.
  }
  if (name === "") return `expected plain JSON data, found ${kind(value)}`;
  if (name === "Map" || name === "WeakMap") return `expected a plain object, found a ${name}`;
  if (name === "Set" || name === "WeakSet") return `expected a plain array, found a ${name}`;
  if (name === "Promise") return "expected a plain object, found a Promise that was not awaited";
  if (BOXES.has(name)) return `expected a primitive value, found a ${name} object`;
  return `expected plain JSON data, found ${/^[AI]/.test(name) ? "an" : "a"} ${wellFormed(name)}`;
}

/** What foreign code threw. */
function threw(thrown: unknown): Refusal {
  let reason: unknown = thrown;
  try {
    // What is thrown may have a getter that throws.
    if (typeof thrown === "object" && thrown !== null) reason = (thrown as { message?: unknown }).message;
  } catch {
    reason = "";
  }
  const is = typeof reason === "string" && reason !== "" ? `: ${wellFormed(reason)}` : "";
  return new Refusal("invalid-input", `reading this value threw an error${is}`);
}

function tooManyValues(): Refusal {
  return new Refusal("too-large", `an argument may hold ${MAX_VALUES} values, and no more`);
}

/** What was thrown, as seen from what holds the faulty value in the place `parent`. */
function within(parent: string, thrown: unknown): Refusal {
  const refusal = thrown instanceof Refusal ? thrown : threw(thrown);
  const { path } = refusal;
  const joint = path === "" || parent === "" || path.startsWith("[") ? "" : ".";
  refusal.path = parent + joint + path;
  return refusal;
}

/** One step of a path, as a JavaScript developer would write it. */
function step(name: string): string {
  if (/^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name)) return name;
  const escaped = wellFormed(name).replace(
    /["\\\p{Control}]/gu,
    (character) => ESCAPES[character] ?? unicode(character),
  );
  return `["${escaped}"]`;
}

const ESCAPES: Record<string, string> = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function unicode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
