// What a browser does at a login: follows redirects, keeps cookies, and fills in the forms of the identity provider.

export class Browser {
  /** By host, each cookie's value by its name. */
  #cookies = new Map();

  /** Who fills in the forms. */
  constructor(person) {
    this.person = person;
  }

  /** Goes to `url`, and on until a page is there that wants nothing more; or to where `stop` says so. */
  async go(url, { stop = () => false } = {}) {
    let next = { url: new URL(url) };
    for (let step = 0; step < 20; step += 1) {
      if (stop(next.url)) return { url: next.url };
      const response = await this.#request(next);
      const location = response.headers.get("location");
      const text = await response.text();
      const form = text.match(/<form[^>]* action="([^"]+)"[^>]*>(.*?)<\/form>/s);
      if (location !== null) next = { url: new URL(location, next.url) };
      else if (form !== null) next = { url: new URL(form[1], next.url), body: this.#filledIn(form[2]) };
      else return { url: next.url, status: response.status, text };
    }
    throw new Error(`${url} leads from one page to the next`);
  }

  /** The value of a host's cookie. */
  cookie(url, name) {
    return this.#of(new URL(url)).get(name);
  }

  async #request({ url, body }) {
    const cookies = this.#of(url);
    const cookie = [...cookies].map((pair) => pair.join("=")).join("; ");
    const method = body === undefined ? "GET" : "POST";
    const response = await fetch(url, { method, body, headers: { cookie }, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  }

  #of({ host }) {
    if (!this.#cookies.has(host)) this.#cookies.set(host, new Map());
    return this.#cookies.get(host);
  }

  #filledIn(form) {
    const inputs = [...form.matchAll(/<input[^>]* name="([^"]+)"(?: value="([^"]*)")?/g)];
    return new URLSearchParams(inputs.map(([, name, value]) => [name, value ?? this.person]));
  }
}
