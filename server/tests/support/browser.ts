// As much of a browser as signing in needs: it keeps cookies, and posts forms with what stands in them.

import type { FastifyInstance } from "fastify";
import type { Response } from "light-my-request";

export class Browser {
  readonly cookies = new Map<string, string>();
  readonly #server: FastifyInstance;

  constructor(server: FastifyInstance) {
    this.#server = server;
  }

  async get(url: string): Promise<Response> {
    return this.#keep(await this.#server.inject({ method: "GET", url, cookies: Object.fromEntries(this.cookies) }));
  }

  /** Posts a form of the page at `from`, with the hidden fields that are in it. */
  async post(url: string, fields: Record<string, string>, from = "/sign-in"): Promise<Response> {
    const page = await this.get(from);
    const csrf = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? "";
    return this.send(url, { _csrf: csrf, ...fields });
  }

  async send(url: string, fields: Record<string, string>): Promise<Response> {
    return this.#keep(
      await this.#server.inject({
        method: "POST",
        url,
        cookies: Object.fromEntries(this.cookies),
        headers: { "content-type": "application/x-www-form-urlencoded" },
        payload: new URLSearchParams(fields).toString(),
      }),
    );
  }

  #keep(response: Response): Response {
    for (const { name, value, maxAge, expires } of response.cookies) {
      const gone = value === "" || maxAge === 0 || (expires !== undefined && expires.getTime() <= 0);
      if (gone) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }
}
