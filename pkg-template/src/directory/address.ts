import { DirectoryError } from "./error.js";

/** Where a provider answers: what is configured, and nothing that an answer names, decides where a token is sent. */
export class Base {
  readonly #url: URL;

  /**
   * @param option how the option is called
   * @throws {DirectoryError} `invalid-input` for anything but an address of `https`, or of `http` on this machine
   */
  constructor(option: string, address: string) {
    let url: URL;
    try {
      url = new URL(address);
    } catch {
      throw new DirectoryError("invalid-input", option, "this is no address", "write it as `https://id.example.com`");
    }
    const isLocal = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
    if (url.protocol !== "https:" && !(url.protocol === "http:" && isLocal)) {
      const help = "begin it with `https://`; `http://` is for a provider on this machine";
      throw new DirectoryError("invalid-input", option, "a token must not be sent unencrypted", help);
    }
    if (url.username || url.password || url.search || url.hash) {
      throw new DirectoryError("invalid-input", option, "it holds more than a host and a path", "leave out the rest");
    }
    url.pathname = url.pathname.replace(/\/+$/, "");
    this.#url = url;
  }

  /** The address of a path below it, of which each part is written as it is, whatever it holds. */
  to(parts: readonly string[], query: Record<string, string> = {}): string {
    const url = new URL(this.#url);
    url.pathname = [url.pathname.replace(/\/$/, ""), ...parts.map(encodeURIComponent)].join("/");
    // A space as `%20`: some of these queries have a language of their own, in which `+` means something.
    url.search = new URLSearchParams(query).toString().replaceAll("+", "%20");
    return url.href;
  }

  /**
   * An address that an answer names.
   *
   * @throws {DirectoryError} `foreign-link` where it does not lie below this one
   */
  within(link: string, place: string): string {
    const url = URL.canParse(link, this.#url.href) ? new URL(link, this.#url) : undefined;
    const root = `${this.#url.pathname.replace(/\/$/, "")}/`;
    if (url?.origin === this.#url.origin && url.pathname.startsWith(root) && !url.username && !url.password) {
      return url.href;
    }
    const problem = "the next page is not at the configured address";
    throw new DirectoryError("foreign-link", place, problem, "configure the address at which the provider answers");
  }
}

/**
 * An id of a user as a part of a path.
 *
 * @throws {DirectoryError} `invalid-input` where the path would lead elsewhere
 */
export function userPart(userId: string): string {
  if (typeof userId === "string" && userId !== "" && !/^\.\.?$|\p{Surrogate}/u.test(userId)) return userId;
  throw new DirectoryError("invalid-input", "userId", "this is no id of a user", "give the id in the verified token");
}
