// `npm run format`: writes every file the way `npm test -- format` wants it.

import { main, Stop, succeeds } from "./setup/command.mjs";
import { setUp } from "./setup/set-up.mjs";

await main(() => {
  setUp(["packages", "rust", "linters"]);
  const written = [
    succeeds("cargo", ["fmt", "--all"]),
    succeeds("biome", ["check", "--write", "--linter-enabled=false"]),
  ];
  if (written.includes(false)) throw new Stop("not every file could be formatted; the messages above say why");
  return 0;
});
