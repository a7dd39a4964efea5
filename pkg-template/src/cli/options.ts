// Options that several commands have.
import { type Command, Option } from "commander";
import type { ConfigurationOptions } from "./configuration.js";

export type Format = "human" | "json" | "github";

/** What the options of a command say, if it has all of those here. */
export interface CommonOptions extends ConfigurationOptions {
  format: Format;
}

const groupTitle = "Configuration (idp-group-sync --help shows what these files hold):";

/** `--config` and what it is made of. */
export function addConfigurationOptions(command: Command, { mapping = true, claim = true } = {}): Command {
  const add = (flags: string, description: string) =>
    command.addOption(new Option(flags, description).helpGroup(groupTitle));
  add(
    "-c, --config <file>",
    "JSON file with everything below, or a file of settings; an option below replaces its part",
  );
  add("-w, --workspace <id>", "workspace of a file of settings (default: what holds for the instance)");
  if (mapping) add("-m, --mapping <file>", "text of the mapping");
  add("--catalog <file>", "JSON file with the roles and groups of the application");
  add("--policy <file>", "JSON file with the policy, where it is not the default one");
  if (claim) add("--claim <name>", 'claim that carries the groups, or its options as JSON (default: "groups")');
  return command;
}

/** `--format`; `json` says what it prints as JSON. */
export function addFormatOption(command: Command, json: string, { github = false } = {}): Command {
  const formats: Format[] = github ? ["human", "json", "github"] : ["human", "json"];
  const annotations = github ? "; github prints annotations for GitHub Actions" : "";
  const description = `json prints ${json}${annotations}`;
  return command.addOption(new Option("-f, --format <format>", description).choices(formats).default("human"));
}

/** Collects an option that may be given several times. */
export function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}
