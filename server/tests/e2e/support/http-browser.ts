// As much of a browser as signing in needs, over HTTP: it keeps cookies, and posts forms with what stands in them.

import type { StubIdentityProvider } from "../../support/stub-identity-provider.ts";

export interface Page {
  status: number;
  /** Where a redirection leads. */
  location: string | null;
  body: string;
}

export class HttpBrowser {
  readonly cookies = new Map<string, string>();
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  get(path: string): Promise<Page> {
    return this.#send(path, {});
  }

  /** Posts a form of the page for signing in, with the hidden field that is in it. */
  async postForm(path: string, fields: Record<string, string>): Promise<Page> {
    const { body } = await this.get("/sign-in");
    const csrf = /name="_csrf" value="([^"]+)"/.exec(body)?.[1] ?? "";
    return this.#send(path, { method: "POST", body: new URLSearchParams({ _csrf: csrf, ...fields }) });
  }

  signInWithPassword(email: string, password: string): Promise<Page> {
    return this.postForm("/sign-in/password", { email, password });
  }

  /** Out to the identity provider: the address that leads back. */
  async goOut(idp: StubIdentityProvider, claims: Record<string, unknown>): Promise<string> {
    const { status, location, body } = await this.get("/sign-in/oidc");
    if (location === null) throw new Error(`the server sends nobody to the identity provider: ${status} ${body}`);
    idp.claims = claims;
    return idp.authorise(location);
  }

  /** The whole way out and back. */
  async signIn(idp: StubIdentityProvider, claims: Record<string, unknown>): Promise<Page> {
    return this.get(await this.goOut(idp, claims));
  }

  /** Asks the API, as whoever is signed in. */
  async api(method: "GET" | "POST", path: string, body?: unknown): Promise<{ status: number; answer: unknown }> {
    const headers: Record<string, string> = {};
    if (method === "POST") {
      headers["content-type"] = "application/json";
      headers["csrf-token"] = (JSON.parse((await this.get("/api/me")).body) as { csrfToken: string }).csrfToken;
    }
    const page = await this.#send(`/api${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: page.status, answer: JSON.parse(page.body) };
  }

  async #send(path: string, request: RequestInit): Promise<Page> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(`${this.#origin}${path}`, {
      ...request,
      headers: { ...request.headers, cookie },
      redirect: "manual",
      signal: AbortSignal.timeout(60_000),
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return { status: response.status, location: response.headers.get("location"), body: await response.text() };
  }

  #keep(line: string): void {
    const [pair = ""] = line.split(";", 1);
    const [name = "", value = ""] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
    if (value === "" || /;\s*max-age=0\b/i.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
