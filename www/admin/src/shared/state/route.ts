// Which view is open. It stands in the address, so that views can be linked to, and the browser's buttons go from one to the next.

export const views = ["settings", "preview", "scenarios", "people", "activity", "history"] as const;

export interface Route {
  view: (typeof views)[number] | "review" | "workspaces" | "directory";
  /** A workspace's id, a person's, that of an entry of the activity or a person's activity, of a run over a directory, or versions of the settings. */
  item: string | null;
}

export function readRoute(hash: string): Route {
  const [view = "", item = ""] = hash.replace(/^#\/?/, "").split("/", 2);
  const known = [...views, "review" as const, "workspaces" as const, "directory" as const].find(
    (name) => name === view,
  );
  return { view: known ?? "settings", item: known && item !== "" ? decoded(item) : null };
}

export function address(view: Route["view"], item?: string | null): string {
  return item === undefined || item === null ? `#/${view}` : `#/${view}/${encodeURIComponent(item)}`;
}

const ofPerson = "person-";

/** The item of the activity that is one person's. */
export function activityOf(person: number): string {
  return `${ofPerson}${person}`;
}

/** Whose activity an item is; `null` for an entry. */
export function personOfActivity(item: string): number | null {
  return item.startsWith(ofPerson) ? Number(item.slice(ofPerson.length)) : null;
}

export function sameRoute(a: Route, b: Route): boolean {
  return a.view === b.view && a.item === b.item;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
