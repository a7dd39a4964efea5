// How the issuer of an identity provider is written. It is configured as an address, which always has a path, and tokens may leave out the
// slash of an empty one; users are kept by what their tokens say.

/** The issuer as the table `providers` has it. */
export function issuerOf(address: URL): string {
  return address.href;
}

/** All ways in which a token of this issuer, written as in the table `providers`, may say who issued it. */
export function issuerSpellings(issuer: string): string[] {
  const { pathname, search } = new URL(issuer);
  return pathname === "/" && search === "" ? [issuer, issuer.slice(0, -1)] : [issuer];
}

/** How the table `providers` may have the issuer that a token names. */
export function issuersOf(issuer: string): string[] {
  return URL.canParse(issuer) ? [...new Set([issuer, new URL(issuer).href])] : [issuer];
}
