// What a directory calls its groups, by their ids, which stay: so that it is known of a name that is gone what the group is called now.

import type { Database } from "../database/schema.ts";
import { isIdentifier } from "../login/identity.ts";

/** So many rows at a time. */
const page = 1000;

/** Those of one run. What is heard is kept with the next `keep`. */
export class GroupNames {
  readonly #provider: string;
  readonly #now: Date;
  readonly #heard = new Map<string, string>();
  #waiting = new Map<string, string>();

  constructor(provider: string, now: Date) {
    this.#provider = provider;
    this.#now = now;
  }

  hear(id: string, name: string): void {
    if (this.#heard.get(id) === name || !isIdentifier(id) || !isIdentifier(name)) return;
    this.#heard.set(id, name);
    this.#waiting.set(id, name);
  }

  async keep(database: Database): Promise<void> {
    const groups = [...this.#waiting].map(([group_id, name]) => ({ provider_id: this.#provider, group_id, name }));
    this.#waiting = new Map();
    for (let start = 0; start < groups.length; start += page) {
      const some = groups.slice(start, start + page);
      await database.transaction().execute(async (transaction) => {
        await transaction
          .updateTable("directory_group_names")
          .set({ until: this.#now })
          .where("provider_id", "=", this.#provider)
          .where("until", "is", null)
          .where(
            "group_id",
            "in",
            some.map(({ group_id }) => group_id),
          )
          .where(({ eb, refTuple, tuple }) =>
            eb(
              refTuple("group_id", "name"),
              "not in",
              some.map(({ group_id, name }) => tuple(group_id, name)),
            ),
          )
          .execute();
        await transaction
          .insertInto("directory_group_names")
          .values(some)
          .onConflict((conflict) =>
            conflict
              .columns(["provider_id", "group_id", "name"])
              .doUpdateSet({ until: null })
              .where("directory_group_names.until", "is not", null),
          )
          .execute();
      });
    }
  }
}
