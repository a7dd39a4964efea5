// The cookies of this server. None can be read by a script, and none is sent along when another site posts a form.

import type { CookieSerializeOptions } from "@fastify/cookie";

export class Cookies {
  readonly #secure: boolean;

  constructor(secure: boolean) {
    this.#secure = secure;
  }

  /** The prefix makes browsers hold it to this very host, and to https. It is not to be had over plain http. */
  name(name: "session" | "sign-in" | "csrf" | "browser"): string {
    return this.#secure ? `__Host-${name}` : name;
  }

  get options(): CookieSerializeOptions & { path: string } {
    return { path: "/", httpOnly: true, sameSite: "lax", secure: this.#secure };
  }
}
