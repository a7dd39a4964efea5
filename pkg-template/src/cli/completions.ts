// Scripts by which a shell completes the program's arguments: made of what the program says of itself.
import type { Argument, Command, Option } from "commander";

export const shells = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof shells)[number];

/** A command as a shell needs to know it. */
interface Described {
  name: string;
  about: string;
  options: { flags: string[]; about: string; takes: "nothing" | "file" | "text"; choices: readonly string[] }[];
  /** What its arguments may be, where that is a list. */
  choices: readonly string[];
}

export function completionScript(program: Command, shell: Shell): string {
  const commands = program.commands.map(described);
  return scripts[shell](program.name(), commands);
}

function described(command: Command): Described {
  const help = { flags: ["-h", "--help"], about: "print this help", takes: "nothing" as const, choices: [] };
  return {
    name: command.name(),
    about: command.summary(),
    options: [...command.options.map(option), help],
    choices: command.registeredArguments.flatMap((argument: Argument) => argument.argChoices ?? []),
  };
}

function option({ short, long, flags, description, argChoices }: Option): Described["options"][number] {
  const value = /<(\w+)>/.exec(flags)?.[1];
  const takes = value === undefined ? "nothing" : value === "file" ? "file" : "text";
  const names = [short, long].flatMap((name) => (name ? [name] : []));
  return { flags: names, about: description, takes, choices: argChoices ?? [] };
}

const scripts: Record<Shell, (program: string, commands: Described[]) => string> = { bash, zsh, fish };

function bash(program: string, commands: Described[]): string {
  const cases = commands.flatMap(({ name, options, choices }) => [
    `    ${name})`,
    '      case "$previous" in',
    ...options
      .filter(({ takes }) => takes !== "nothing")
      .map(({ flags, takes, choices }) => {
        const words = takes === "file" ? "-f" : `-W ${quoted(choices.join(" "))}`;
        return `        ${flags.join("|")}) COMPREPLY=($(compgen ${words} -- "$current")); return ;;`;
      }),
    "      esac",
    `      words=${quoted(options.flatMap(({ flags }) => flags).join(" "))}`,
    `      arguments=${quoted(choices.join(" "))}`,
    "      ;;",
  ]);
  return `# Completions of ${program} for bash: eval "$(${program} completions bash)"
_${identifier(program)}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words arguments
  COMPREPLY=()
  if [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W ${quoted([...commands.map(({ name }) => name), "help", "--help", "--version"].join(" "))} -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join("\n")}
    help) COMPREPLY=($(compgen -W ${quoted(commands.map(({ name }) => name).join(" "))} -- "$current")); return ;;
  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  elif [[ -n $arguments ]]; then
    COMPREPLY=($(compgen -W "$arguments" -- "$current"))
  else
    COMPREPLY=($(compgen -f -- "$current"))
  fi
}
complete -o filenames -F _${identifier(program)} ${program}
`;
}

function zsh(program: string, commands: Described[]): string {
  const cases = commands.map(({ name, options, choices }) => {
    const specs = options.flatMap(({ flags, about, takes, choices }) => {
      const value = takes === "nothing" ? "" : takes === "file" ? ":file:_files" : `:value:(${choices.join(" ")})`;
      return flags.map((flag) => `      ${quoted(`*${flag}[${zshText(about)}]${value}`)}`);
    });
    const rest = choices.length > 0 ? `*:argument:(${choices.join(" ")})` : "*:file:_files";
    return [`    ${name}) _arguments -S \\`, ...specs.map((spec) => `${spec} \\`), `      ${quoted(rest)} ;;`].join(
      "\n",
    );
  });
  const listed = commands.map(({ name, about }) => `    ${quoted(`${name}:${about}`)}`);
  return `#compdef ${program}
# Completions of ${program} for zsh: source <(${program} completions zsh)
_${identifier(program)}() {
  local -a commands
  commands=(
${listed.join("\n")}
    'help:print the help of a command'
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join("\n")}
    help) _describe command commands ;;
  esac
}
compdef _${identifier(program)} ${program}
`;
}

function fish(program: string, commands: Described[]): string {
  const start = `complete -c ${program}`;
  const names = commands.map(({ name }) => name).join(" ");
  const lines = commands.flatMap(({ name, about, options, choices }) => [
    `${start} -n __fish_use_subcommand -f -a ${name} -d ${quoted(about)}`,
    ...options.map(({ flags, about, takes, choices }) => {
      const spelled = flags.map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
      const value = { nothing: "", file: " -r -F", text: ` -x -a ${quoted(choices.join(" "))}` }[takes];
      const condition = quoted(`__fish_seen_subcommand_from ${name}`);
      return `${start} -n ${condition} ${spelled.join(" ")}${value} -d ${quoted(about)}`;
    }),
    ...(choices.length > 0
      ? [`${start} -n ${quoted(`__fish_seen_subcommand_from ${name}`)} -f -a ${quoted(choices.join(" "))}`]
      : []),
  ]);
  return [
    `# Completions of ${program} for fish: ${program} completions fish | source`,
    `${start} -n __fish_use_subcommand -f -a help -d 'print the help of a command'`,
    `${start} -n '__fish_seen_subcommand_from help' -f -a ${quoted(names)}`,
    ...lines,
    "",
  ].join("\n");
}

function identifier(program: string): string {
  return program.replaceAll("-", "_");
}

/** One word of a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** In brackets of `_arguments`, these would end it. */
function zshText(text: string): string {
  return text.replace(/[[\]:\\]/g, "\\$&");
}
