// docs/claims.md, "Finding the claim".

export interface Found {
  path: string[];
  value: unknown;
}

/** Its three steps in order; what a path with stars finds is more than one value. */
export function find(claims: unknown, name: string): Found[] {
  const exact = own(claims, name);
  if (exact) return [{ path: [name], value: exact.value }];
  if (name.startsWith("/")) return findByPointer(claims, pointer(name));
  return findByPath(claims, name.split("."));
}

export function pointer(name: string): string[] {
  return name
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function findByPointer(claims: unknown, tokens: string[]): Found[] {
  let value = claims;
  for (const token of tokens) {
    const next = element(value, token) ?? own(value, token);
    if (!next) return [];
    value = next.value;
  }
  return [{ path: tokens, value }];
}

/** RFC 6901: array indices are digits without a leading zero. */
function element(array: unknown, token: string): { value: unknown } | undefined {
  if (!Array.isArray(array) || !/^(0|[1-9][0-9]*)$/.test(token) || Number(token) >= array.length) return undefined;
  return { value: array[Number(token)] };
}

/** "At each level the longest run of segments that is a property comes first; a run that leads nowhere gives way." */
function findByPath(value: unknown, segments: string[]): Found[] {
  if (segments.length === 0) return [{ path: [], value }];
  for (let length = segments.length; length > 0; length--) {
    const property = segments.slice(0, length).join(".");
    const next = own(value, property) ?? (length === 1 ? element(value, property) : undefined);
    const rest = next ? findByPath(next.value, segments.slice(length)) : [];
    if (rest.length > 0) return rest.map((found) => ({ ...found, path: [property, ...found.path] }));
  }
  // "`*` stands for every member of an object or array; a property of exactly that name comes first."
  if (segments[0] !== "*") return [];
  const branches = membersOf(value).flatMap(([key, member]) =>
    findByPath(member, segments.slice(1)).map((found) => ({ ...found, path: [key, ...found.path] })),
  );
  // "A branch without the rest of the path gives nothing, and so does `null`."
  return branches.filter((found) => found.value !== null);
}

/** "Members of an array in its order, those of an object in the order of their names." */
function membersOf(value: unknown): [string, unknown][] {
  if (Array.isArray(value)) return value.map((member, place) => [String(place), member]);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** "Only own properties of the token count", and only those of objects. */
export function own(value: unknown, property: string): { value: unknown } | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  if (!Object.hasOwn(value, property)) return undefined;
  return { value: (value as Record<string, unknown>)[property] };
}

export function last(path: string[]): string {
  return path[path.length - 1];
}
