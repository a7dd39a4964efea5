import { Argument, type Command } from "commander";
import { completionScript, type Shell, shells } from "../completions.js";
import { exitCodes, fine } from "../exit.js";
import type { Terminal } from "../terminal.js";

export function addCompletions(program: Command, { out }: Terminal): void {
  program
    .command("completions")
    .summary("print the script by which a shell completes commands and options")
    .description("Prints the script by which a shell completes the commands and options of this program.")
    .addArgument(new Argument("<shell>", "which shell it is for").choices(shells))
    .addHelpText(
      "after",
      `
Examples:
  $ eval "$(idp-group-sync completions bash)"
  $ source <(idp-group-sync completions zsh)
  $ idp-group-sync completions fish | source
  In the file that the shell reads at its start; in that of zsh, behind compinit.

${exitCodes("always", "never")}`,
    )
    .action(async (shell: Shell) => {
      await out.write(completionScript(program, shell));
      process.exitCode = fine;
    });
}
