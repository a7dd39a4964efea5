// The entry `idp-group-sync-elements/standalone`: the same in one file, for pages without a bundler.
export * from "./index.js";
