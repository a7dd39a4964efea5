// For the tests of this package, which no program can import: what every entry point has, and the switch between the two ways of
// deciding, each of which is held against the other.
export * from "./api.js";
export { byNumber } from "./numbers.js";
