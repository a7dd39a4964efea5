// The keys with which the identity provider signs. They are kept for ten minutes, as long as they are enough: a token with a key that is not
// among them has them fetched once more, so that nobody is kept out after a key was changed.

import {
  type CompactVerifyGetKey,
  compactVerify,
  createRemoteJWKSet,
  errors,
  type JWTPayload,
  type JWTVerifyOptions,
  jwtVerify,
} from "jose";

/** For how long a key that was looked for in vain is not looked for again, in milliseconds. */
const patience = 10_000;
/** Of keys looked for in vain, so many are remembered. */
const capacity = 100;

export class SigningKeys {
  readonly #keys: ReturnType<typeof createRemoteJWKSet>;
  /** When each was last looked for in vain, by `kid`. */
  readonly #unknown = new Map<string, number>();

  constructor(address: URL) {
    this.#keys = createRemoteJWKSet(address);
  }

  /** Throws unless one of the keys has signed it. What else it says is for others to check. */
  async verify(token: string): Promise<void> {
    await compactVerify(token, this.#find);
  }

  /** The claims of a token that one of the keys has signed, if they are as demanded. */
  async claimsOf(token: string, demanded: JWTVerifyOptions): Promise<JWTPayload> {
    const { payload } = await jwtVerify(token, this.#find, demanded);
    return payload;
  }

  readonly #find: CompactVerifyGetKey = async (header, token) => {
    try {
      return await this.#keys(header, token);
    } catch (error) {
      // The keys were fetched a moment ago, and so not again by themselves.
      const kid = header.kid ?? "";
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      // Whoever comes while they are on their way waits for them too.
      if (this.#wasUnknown(kid) && !this.#keys.reloading) throw error;
      this.#remember(kid);
      await this.#keys.reload();
      const key = await this.#keys(header, token);
      this.#unknown.delete(kid);
      return key;
    }
  };

  #wasUnknown(kid: string): boolean {
    return Date.now() - (this.#unknown.get(kid) ?? Number.NEGATIVE_INFINITY) < patience;
  }

  #remember(kid: string): void {
    if (this.#unknown.size >= capacity) this.#unknown.clear();
    this.#unknown.set(kid, Date.now());
  }
}
