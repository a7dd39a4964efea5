/**
 * The key `Symbol.dispose` where the consumer's `lib` declares it, else nothing: a plain `[Symbol.dispose]` in a declaration
 * file would not compile under `lib: ["es2022"]`.
 */
type DisposeSymbol = typeof Symbol extends { readonly dispose: infer Key extends symbol } ? Key : never;

/** What `using` needs, in runtimes and `lib`s that have it. */
export type Disposal = { [Key in DisposeSymbol]: () => void };

/** Lets `using` free the objects of a class. Runtimes without `Symbol.dispose` have no `using` either. */
export function makeDisposable(prototype: { free(): void }): void {
  if (typeof Symbol.dispose !== "symbol") return;
  Object.defineProperty(prototype, Symbol.dispose, {
    value(this: { free(): void }) {
      this.free();
    },
    configurable: true,
    writable: true,
  });
}
