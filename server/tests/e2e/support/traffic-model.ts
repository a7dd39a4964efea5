// What is to become of the people of a directory, written from the documents alone: who is archived by whom, and which groups somebody has. It
// is told what has happened, in the order in which it happened to each of them.

/** Of the IdP groups that the mapping names. */
export const mapping: Record<string, string> = { Sales: "sales", Marketing: "marketing", Chess: "chess" };

export interface Person {
  /** What the directory has of them. */
  directory: "active" | "inactive" | "absent";
  /** Their groups there, by the ids of the model. */
  idpGroups: Set<number>;
  archived: "by sync" | "by hand" | null;
  exempt: boolean;
  /** What they have here. */
  groups: string[];
  /** What has happened to them, for whoever has to find out why they are not so. */
  history: string[];
}

export class TrafficModel {
  readonly people = new Map<string, Person>();
  /** What each group of the directory is called. */
  readonly names: string[] = [];

  add(name: string): Person {
    const person: Person = {
      directory: "active",
      idpGroups: new Set(),
      archived: null,
      exempt: false,
      groups: [],
      history: [],
    };
    this.people.set(name, person);
    return person;
  }

  /** The groups that the directory says, and a token, unless it says others. */
  said({ idpGroups }: Person): string[] {
    return [...idpGroups].map((group) => this.names[group] ?? "");
  }

  /** The directory has said what it has of somebody. */
  told(person: Person): void {
    if (person.directory === "active") {
      if (person.archived === "by sync" && !person.exempt) person.archived = null;
      this.synced(person);
    } else if (!person.exempt && person.archived === null) {
      person.archived = "by sync";
    }
  }

  /** Somebody signs in, or their session is refreshed. */
  synced(person: Person, said = this.said(person)): void {
    if (person.archived !== null || person.exempt) return;
    person.groups = [...new Set(said.flatMap((name) => mapping[name] ?? []))].sort();
  }
}
