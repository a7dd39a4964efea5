// Which file each part of an argument came from, so that an error names the file and its line rather than the argument.
import type { Diagnostic } from "idp-group-sync";
import type { Configuration, MappingText } from "./configuration.js";
import type { DataDocument, Path } from "./data-document.js";
import { InputError } from "./exit.js";
import { visible } from "./visible.js";

/** Where the value at one path of the arguments came from. */
export interface Origin {
  /** The path in the arguments, such as `["before", "catalog"]`. */
  path: Path;
  /** What it was read from: a file, or an option by its name. */
  from: DataDocument | string;
  /** The path of the value in that file. */
  within: Path;
}

/** What the arguments of a call came from. */
export interface Origins {
  values: Origin[];
  mappings: { path: Path; text: MappingText }[];
}

/** A mapping that was to be used and has errors. */
export class MappingRefused extends Error {
  override name = "MappingRefused";
  readonly diagnostics: Diagnostic[];
  readonly mapping: MappingText;

  constructor(diagnostics: Diagnostic[], mapping: MappingText) {
    super(`${mapping.name} has errors`);
    this.diagnostics = diagnostics;
    this.mapping = mapping;
  }
}

/** The origins of a configuration that is passed at `path`. */
export function originsOfConfiguration({ mapping, parts }: Configuration, path: Path = []): Origins {
  return {
    values: parts.map((part) => ({ ...part, path: [...path, ...part.path] })),
    mappings: [{ path, text: mapping }],
  };
}

/** A file, or what stands `within` it, that is passed at `path`. */
export function originOfFile(document: DataDocument, path: Path, within: Path = []): Origins {
  return { values: [{ path, from: document, within }], mappings: [] };
}

type Package = typeof import("idp-group-sync");

/** Loads the package, runs its work, and says of what it refuses where in the files it stands. */
export async function withOrigins<Result>(all: Origins[], work: (groupSync: Package) => Result): Promise<Result> {
  // Only here, as the engine takes a while to start, and help needs none.
  const groupSync = await import("idp-group-sync");
  try {
    return work(groupSync);
  } catch (error) {
    if (!(error instanceof groupSync.GroupSyncError)) throw error;
    const path = parsePath(error.path ?? "");
    const mappings = all.flatMap((origins) => origins.mappings);
    const values = all.flatMap((origins) => origins.values);
    if (error.code === "invalid-mapping") {
      const refused = closest(mappings, path);
      if (refused !== undefined) throw new MappingRefused(error.diagnostics, refused.text);
    }
    if (error.code !== "invalid-input" && error.code !== "too-large") throw error;
    throw new InputError(sentence(path, closest(values, path), error.problem));
  }
}

/** The one whose path leads furthest towards a path. */
function closest<Item extends { path: Path }>(items: Item[], path: Path): Item | undefined {
  const leading = items.filter((item) => item.path.every((step, index) => step === path[index]));
  return leading.sort((a, b) => b.path.length - a.path.length)[0];
}

function sentence(path: Path, origin: Origin | undefined, message: string): string {
  if (origin === undefined) return visible([formatPath(path), message].filter(Boolean).join(": "));
  const rest = [...origin.within, ...path.slice(origin.path.length)];
  const from = typeof origin.from === "string" ? origin.from : placed(origin.from, rest);
  return visible([from, formatPath(rest), message].filter(Boolean).join(": "));
}

/** A file with the line and column of one of its values. */
export function placed(document: DataDocument, path: Path): string {
  const { line, column } = document.placeOf(path);
  return `${document.source.name}:${line}:${column}`;
}

/** One step of a path as the package writes it: `.name`, `[3]` or `["odd name"]`. */
const step = /\.?([A-Za-z_$][\w$]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/gy;

function parsePath(text: string): Path {
  return Array.from(text.matchAll(step), ([, name, index, quoted]) => {
    if (index !== undefined) return Number(index);
    return name ?? (JSON.parse(quoted ?? '""') as string);
  });
}

/** A path as the package writes it. */
export function formatPath(path: Path): string {
  return path
    .map((part, index) => {
      if (typeof part === "number") return `[${part}]`;
      if (!/^[A-Za-z_$][\w$]*$/.test(part)) return `[${JSON.stringify(part)}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join("");
}
