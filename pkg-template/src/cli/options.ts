// Options that several commands have.
import { type Command, Option } from "commander";
import type { ConfigurationOptions } from "./configuration.js";

export type Format = "human" | "json" | "github" | "sarif" | "junit" | "markdown";

/** What the options of a command say, if it has all of those here. */
export interface CommonOptions extends ConfigurationOptions {
  format: Format;
}

const groupTitle = "Configuration (idp-group-sync --help shows what these files hold):";

/** `--config` and what it is made of. */
export function addConfigurationOptions(command: Command, { mapping = true, claim = true } = {}): Command {
  const option = (flags: string, description: string) => new Option(flags, description).helpGroup(groupTitle);
  const add = (flags: string, description: string) => command.addOption(option(flags, description));
  command.addOption(
    option("-c, --config <file>", "file with everything below; an option below replaces its part").conflicts(
      "settings",
    ),
  );
  add("-s, --settings <file>", "the same, of the settings that an instance stores, or the admin page exports");
  add("-w, --workspace <id>", "workspace of the settings (default: what holds for the instance)");
  if (mapping) add("-m, --mapping <file>", "text of the mapping");
  add("--catalog <file>", "file with the roles and groups of the application");
  add("--policy <file>", "file with the policy, where it is not the default one");
  if (claim) add("--claim <name>", 'claim that carries the groups, or its options as JSON (default: "groups")');
  return command;
}

/** What a format prints, where that is the same for every command. */
const described: Partial<Record<Format, string>> = {
  github: "github prints annotations for GitHub Actions",
  sarif: "sarif what code scanning reads",
  junit: "junit a test report",
  markdown: "markdown a comment for a pull request",
};

/** `--format`; `json` says what it prints as JSON. */
export function addFormatOption(command: Command, json: string, more: readonly Format[] = []): Command {
  const formats: Format[] = ["human", "json", ...more];
  const description = [`json prints ${json}`, ...more.map((format) => described[format])].join("; ");
  return command.addOption(new Option("-f, --format <format>", description).choices(formats).default("human"));
}

/** Collects an option that may be given several times. */
export function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}
