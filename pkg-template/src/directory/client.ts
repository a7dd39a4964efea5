import type { Base } from "./address.js";
import type { DirectoryUser } from "./directory.js";
import { DirectoryError } from "./error.js";
import type { Answer, Exchange, Request, Throttled } from "./exchange.js";
import { Shape } from "./shape.js";
import { type Authorization, reasonIn } from "./token.js";

/** What differs between providers in how they are asked. */
export interface Provider {
  base: Base;
  exchange: Exchange;
  authorization: Authorization;
  /** What the credentials need, for messages. */
  permissions: string;
  throttled?: Throttled;
}

/** An answer that was read. */
export interface Page {
  shape: Shape;
  place: string;
  headers: Answer["headers"];
}

/** A list that is not over by then never ends. */
const mostPages = 10_000;

/** Asks one provider. */
export class Client {
  readonly #provider: Provider;

  constructor(provider: Provider) {
    this.#provider = provider;
  }

  async get(address: string, signal?: AbortSignal, headers: Record<string, string> = {}): Promise<Page> {
    return this.#read({ method: "GET", address, headers }, signal);
  }

  async post(address: string, body: object, signal?: AbortSignal): Promise<Page> {
    const headers = { "content-type": "application/json" };
    return this.#read({ method: "POST", address, headers, body: JSON.stringify(body) }, signal);
  }

  /** A list's pages, each at the address that the one before names: all of them, or an error. */
  async *pages(
    first: string,
    next: (page: Page) => string | undefined,
    signal?: AbortSignal,
    headers: Record<string, string> = {},
  ): AsyncGenerator<Page> {
    const asked = new Set<string>();
    for (let address: string | undefined = first; address !== undefined; ) {
      const page: Page = await this.get(address, signal, headers);
      asked.add(address);
      yield page;
      const link = next(page);
      address = link === undefined ? undefined : this.#provider.base.within(link, page.place);
      if (address !== undefined && (asked.has(address) || asked.size >= mostPages)) throw endless(page.place);
    }
  }

  /**
   * A list whose pages are counted on from its start, and which may change meanwhile. Each page begins with the last item of the one before:
   * where it does not, the list became shorter, and reading goes on further in front.
   */
  async *counted(
    address: (first: number, most: number) => string,
    idOf: (item: Shape) => string,
    signal?: AbortSignal,
  ): AsyncGenerator<Shape[]> {
    const most = 100;
    const seen = new Set<string>();
    let place = "";
    for (let first = 0, asked = 0; asked < mostPages; asked++) {
      const page = await this.get(address(first, most), signal);
      place = page.place;
      const items = page.shape.list();
      if (first > 0 && (items[0] === undefined || !seen.has(idOf(items[0])))) {
        first = Math.max(0, first - most);
        continue;
      }
      const fresh = items.filter((item) => !seen.has(idOf(item)));
      for (const item of fresh) seen.add(idOf(item));
      yield fresh;
      if (items.length <= 1) return;
      first += items.length - 1;
    }
    throw endless(place);
  }

  async #read(request: Request, signal: AbortSignal | undefined): Promise<Page> {
    const { exchange, authorization, throttled } = this.#provider;
    for (let isFirst = true; ; isFirst = false) {
      const authorized = await unlessAborted(authorization.header(), signal);
      const headers = { ...request.headers, accept: "application/json", authorization: authorized };
      const answer = await exchange.ask({ ...request, headers }, signal, throttled);
      const { place, status, text } = answer;
      if (status === 200) return { shape: Shape.parse(text, place), place, headers: answer.headers };
      if (status === 401 && isFirst && authorization.renew(authorized)) continue;
      throw refusal(answer, reasonIn(text, [authorized]), this.#provider.permissions);
    }
  }
}

/** The users of a page with their groups, a few at a time, in their order. */
export async function* withGroups(
  users: readonly Omit<DirectoryUser, "groups">[],
  concurrency: number,
  groupsOf: (id: string, signal: AbortSignal) => Promise<string[]>,
  signal: AbortSignal | undefined,
): AsyncGenerator<DirectoryUser> {
  const stop = new AbortController();
  const either = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  try {
    for (let start = 0; start < users.length; start += concurrency) {
      const some = users.slice(start, start + concurrency).map(async (user) => {
        const groups = user.directory === "active" ? await groupsOf(user.id, either) : [];
        return { ...user, groups };
      });
      yield* await Promise.all(some);
    }
  } finally {
    // Where one failed, the others need not go on.
    stop.abort();
  }
}

/** Names as they came, each once. */
export const once = (names: Iterable<string>): string[] => [...new Set(names)];

function endless(place: string): DirectoryError {
  const help = "report it to the provider; nothing of the list was used";
  return new DirectoryError("too-large", place, "the pages of this list never end", help);
}

function refusal({ place, status }: Answer, reason: string, permissions: string): DirectoryError {
  const said = `the provider answered with status ${status}${reason}`;
  switch (status) {
    case 401:
      return new DirectoryError("unauthorized", place, said, "check the credentials, and whether they have expired");
    case 403:
      return new DirectoryError("forbidden", place, said, `give the credentials ${permissions}`);
    case 404: {
      const help = "check the id, and that it is of this directory; for a list, check the address";
      return new DirectoryError("user-not-found", place, said, help);
    }
    default: {
      const help = status < 400 ? "configure the address that it leads to" : "look at what the provider says of it";
      return new DirectoryError(status >= 500 ? "unavailable" : "unexpected-answer", place, said, help);
    }
  }
}

/** What comes of a promise that others wait for too, unless this one's signal is aborted before. */
function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
