// A difference as a case: tests/cases/README.md has the format.

type Fields = Record<string, unknown>;

/** The model's result as what is expected. What the two agree on stands there too, as far as it is written the same way. */
export function asCase(aspect: string, given: Fields, expect: unknown, got: unknown): unknown {
  const isError = isFields(expect) && "error" in expect;
  const expected = isError ? expect : { [aspect]: written(expect, got, textOf(given)) };
  return { name: "…", rule: "model/…", given, expect: expected };
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The mapping text that the places of a result are in; for a workspace of a login, the one of the two that `text` names. */
function textOf({ mapping, settings }: Fields): TextOf {
  if (!isFields(settings)) return () => (typeof mapping === "string" ? mapping : "");
  const list = Array.isArray(settings.workspaces) ? settings.workspaces : [];
  return (id, text) => {
    const own = list.find((workspace) => workspace.id === id);
    return String((text === "workspace" ? own?.entries?.add : own?.mapping) ?? settings.mapping);
  };
}

type TextOf = (workspace?: unknown, text?: unknown) => string;

function written(expect: unknown, got: unknown, text: TextOf): unknown {
  if (Array.isArray(expect)) {
    return expect.map((item, place) => written(item, Array.isArray(got) ? got[place] : undefined, text));
  }
  if (!isFields(expect)) return expect;
  const other = isFields(got) ? got : {};
  const inside: TextOf = "plan" in expect ? (_, which) => text(expect.id, which) : text;
  const fields = Object.entries(expect).flatMap(([name, value]): [string, unknown][] => {
    const isAgreed = JSON.stringify(value) === JSON.stringify(other[name]);
    switch (name) {
      case "first":
        return [];
      // Without messages and places these are written otherwise, so they stand there only where they are the difference.
      case "codes":
        return isAgreed ? [] : [["diagnostics", (value as string[]).map((code) => ({ code }))]];
      case "remarks":
        return isAgreed ? [] : [["diagnostics", value]];
      case "different":
        return [];
      case "faultyLines":
        return [["faults", (value as number[]).map((line) => ({ line }))]];
      case "entry": {
        const { start, end } = value as { start: number; end: number };
        return [["entry", inside(undefined, expect.text).slice(start, end)]];
      }
      case "claim":
        return isAgreed && !(isFields(value) && "status" in value)
          ? []
          : [["claim", written(value, other[name], inside)]];
      default:
        return value === undefined ? [] : [[name, written(value, other[name], inside)]];
    }
  });
  // `null` says that nothing is there.
  const extra = Object.keys(other).filter((name) => !["codes", "remarks", "first"].includes(name));
  const absent = extra.filter((name) => expect[name] === undefined).map((name): [string, null] => [name, null]);
  return Object.fromEntries([...fields, ...absent]);
}
