import { DirectoryError } from "./error.js";
import type { Exchange } from "./exchange.js";
import { Shape } from "./shape.js";

/** What a request is authorised by. */
export interface Authorization {
  /** The value of the header. */
  header(): Promise<string>;
  /** Whether there may be another one in the place of this, which was refused. */
  renew(refused: string): boolean;
}

/** A form that asks a provider for an access token. */
export interface TokenRequest {
  address: string;
  form: Record<string, string>;
}

/** How long before its end a token is renewed, in milliseconds: a request that it is sent with has to arrive. */
const margin = 60_000;

/** An access token, got when it is first needed, and anew before it runs out or when it was refused. */
export class AccessToken implements Authorization {
  readonly #exchange: Exchange;
  readonly #request: () => TokenRequest | Promise<TokenRequest>;
  #token: { header: string; until: number } | undefined;
  /** Whoever needs one meanwhile waits for the same. It is nobody's alone, so nobody's signal ends it. */
  #getting: Promise<{ header: string; until: number }> | undefined;

  constructor(exchange: Exchange, request: () => TokenRequest | Promise<TokenRequest>) {
    this.#exchange = exchange;
    this.#request = request;
  }

  async header(): Promise<string> {
    if (this.#token !== undefined && this.#exchange.now() < this.#token.until) return this.#token.header;
    this.#getting ??= this.#get().finally(() => {
      this.#getting = undefined;
    });
    this.#token = await this.#getting;
    return this.#token.header;
  }

  renew(refused: string): boolean {
    // Another request may have renewed it already.
    if (this.#token?.header === refused) this.#token = undefined;
    return true;
  }

  async #get(): Promise<{ header: string; until: number }> {
    const { address, form } = await this.#request();
    const started = this.#exchange.now();
    const headers = { accept: "application/json", "content-type": "application/x-www-form-urlencoded" };
    const body = new URLSearchParams(form).toString();
    const answer = await this.#exchange.ask({ method: "POST", address, headers, body }, undefined);
    const { place, status, text } = answer;
    if (status !== 200) {
      const code = status === 400 || status === 401 || status === 403 ? "unauthorized" : "unavailable";
      const help = "check the id and the secret or key of the client, and whether they have expired";
      const problem = `the provider gives no token: status ${status}${reasonIn(text, Object.values(form))}`;
      throw new DirectoryError(code, place, problem, help);
    }
    const shape = Shape.parse(text, place);
    const token = visible(shape.field("access_token").text(), place);
    const seconds = shape.field("expires_in").optionalNumber() ?? 300;
    return { header: `Bearer ${token}`, until: started + Math.max(seconds * 1000 - margin, (seconds * 1000) / 2) };
  }
}

/** A token that never changes. */
export function fixedAuthorization(option: string, scheme: string, token: string): Authorization {
  const header = `${scheme} ${visible(token, option)}`;
  return { header: async () => header, renew: () => false };
}

/** What can stand in a header: else the platform's error would show it. */
function visible(token: string, place: string): string {
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new DirectoryError(
    "invalid-input",
    place,
    "the token holds what no token holds",
    "copy it whole, without spaces",
  );
}

/** The code that a provider gives for its error, if it is no more than that. */
export function reasonIn(text: string, secrets: readonly string[]): string {
  let found: unknown;
  try {
    const { error, errorCode } = Object(JSON.parse(text)) as { error?: unknown; errorCode?: unknown };
    const { code, status } = Object(error) as { code?: unknown; status?: unknown };
    found = [error, code, status, errorCode].find((value) => typeof value === "string");
  } catch {
    // No JSON, so no code.
  }
  const isCode = typeof found === "string" && /^[\w.-]{2,64}$/.test(found);
  return isCode && !secrets.some((secret) => secret.includes(found as string)) ? `, ${found}` : "";
}
