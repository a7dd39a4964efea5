import type { Provider } from "../../backend/answers.js";

/** Where a sign-in at a provider is tested, without any effect. */
export function testAddress({ addresses }: Provider): string {
  return `${new URL(addresses.signIn).pathname}?test`;
}
