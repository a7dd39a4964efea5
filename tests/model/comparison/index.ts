export { counted } from "./coverage.ts";
export { missing } from "./expected-coverage.ts";
export { type Options, type Report, run } from "./run.ts";
