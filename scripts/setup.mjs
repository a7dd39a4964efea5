// Sets up what a command needs: what is missing is installed with its ecosystem's own client; what is there is left alone.
//
//   node scripts/setup.mjs [packages] [rust] [linters] [wasm-target] [wasm-tools] [chromium] [postgresql] [-- command arguments…]
//
// With a command, it is run afterwards in an environment that finds everything.

import { become, main, Stop } from "./setup/command.mjs";
import { allNeeds, setUp } from "./setup/set-up.mjs";

function asked() {
  const args = process.argv.slice(2);
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  const needs = args.slice(0, end);
  const unknown = needs.find((need) => !allNeeds.includes(need));
  if (unknown) throw new Stop(`there is nothing called \`${unknown}\` to set up: choose from ${allNeeds.join(", ")}`);
  return { needs: needs.length > 0 ? needs : allNeeds, command: args.slice(end + 1) };
}

await main(() => {
  const { needs, command } = asked();
  setUp(needs);
  return command.length > 0 ? become(command[0], command.slice(1)) : 0;
});
