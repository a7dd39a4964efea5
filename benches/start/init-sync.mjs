import { readFileSync } from "node:fs";
import { initSync } from "idp-group-sync/slim";

initSync(readFileSync(new URL(import.meta.resolve("idp-group-sync/wasm"))));
