#!/usr/bin/env node
// `idp-group-sync`: the package on the command line.
import { run } from "./program.js";
import { openTerminal } from "./terminal.js";

await run(process.argv, openTerminal());
