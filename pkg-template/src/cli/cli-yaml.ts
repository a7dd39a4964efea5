// The library for YAML, in a module of its own (`dist/cli-yaml.js`): it is as large as the rest, and few need it.
export { isNode, parseDocument } from "yaml";
