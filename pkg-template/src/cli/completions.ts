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
  return scripts[shell](described(program), program.commands.map(described));
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

const scripts: Record<Shell, (program: Described, commands: Described[]) => string> = { bash, zsh, fish };

const helpAbout = "print the help of a command";

function bash({ name: program, options }: Described, commands: Described[]): string {
  const first = [...commands.map(({ name }) => name), "help", ...options.flatMap(({ flags }) => flags)];
  const cases = commands.flatMap(({ name, options, choices }) => [
    `    ${name})`,
    '      case "$previous" in',
    ...options
      .filter(({ takes }) => takes !== "nothing")
      .map(({ flags, takes, choices }) => {
        const offer =
          takes === "file"
            ? `_${identifier(program)}_files "$current"`
            : `COMPREPLY=($(compgen -W ${quoted(choices.join(" "))} -- "$current"))`;
        return `        ${flags.join("|")}) ${offer}; return ;;`;
      }),
    "      esac",
    `      words=${quoted(options.flatMap(({ flags }) => flags).join(" "))}`,
    `      arguments=${quoted(choices.join(" "))}`,
    "      ;;",
  ]);
  return `# Completions of ${program} for bash: eval "$(${program} completions bash)"
# The name of a file may have spaces in it.
_${identifier(program)}_files() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -f -- "$1"))
}
_${identifier(program)}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words arguments
  COMPREPLY=()
  if [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W ${quoted(first.join(" "))} -- "$current"))
    return
  fi
  # To bash, the = of --option=value is a word of its own.
  if [[ $current == = ]]; then
    current=
  elif [[ $previous == = ]]; then
    previous="\${COMP_WORDS[COMP_CWORD-2]}"
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
    _${identifier(program)}_files "$current"
  fi
}
complete -o filenames -F _${identifier(program)} ${program}
`;
}

function zsh({ name: program, options }: Described, commands: Described[]): string {
  const cases = commands.map(({ name, options, choices }) => {
    const specs = options.flatMap(({ flags, about, takes, choices }) => {
      const value = takes === "nothing" ? "" : takes === "file" ? ":file:_files" : `:value:(${choices.join(" ")})`;
      // The value may also stand behind `=`.
      const equals = takes === "nothing" ? "" : "=";
      return flags.map((flag) => `      ${quoted(`*${flag}${equals}[${zshText(about)}]${value}`)}`);
    });
    const rest = choices.length > 0 ? `*:argument:(${choices.join(" ")})` : "*:file:_files";
    return [`    ${name}) _arguments -S \\`, ...specs.map((spec) => `${spec} \\`), `      ${quoted(rest)} ;;`].join(
      "\n",
    );
  });
  const listed = commands.map(({ name, about }) => `    ${quoted(`${name}:${about}`)}`);
  const flags = options.flatMap(({ flags, about }) => flags.map((flag) => quoted(`${flag}:${about}`)));
  return `#compdef ${program}
# Completions of ${program} for zsh: source <(${program} completions zsh)
_${identifier(program)}() {
  local -a commands
  commands=(
${listed.join("\n")}
    'help:${helpAbout}'
  )
  if (( CURRENT == 2 )); then
    local -a options=(${flags.join(" ")})
    _describe command commands -- options
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

function fish({ name: program, options }: Described, commands: Described[]): string {
  const start = `complete -c ${program}`;
  const command = `__fish_${identifier(program)}_command`;
  const names = commands.map(({ name }) => name).join(" ");
  const optionsOf = (condition: string, options: Described["options"]) =>
    options.map(({ flags, about, takes, choices }) => {
      const spelled = flags.map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
      const value = { nothing: "", file: " -r -F", text: ` -x -a ${quoted(choices.join(" "))}` }[takes];
      return `${start} -n ${quoted(condition)} ${spelled.join(" ")}${value} -d ${quoted(about)}`;
    });
  const lines = commands.flatMap(({ name, about, options, choices }) => [
    `${start} -n ${command} -f -a ${name} -d ${quoted(about)}`,
    ...optionsOf(`${command} ${name}`, options),
    ...(choices.length > 0 ? [`${start} -n ${quoted(`${command} ${name}`)} -f -a ${quoted(choices.join(" "))}`] : []),
  ]);
  return `# Completions of ${program} for fish: ${program} completions fish | source
# Whether the command is this one; without an argument, whether there is none yet. The name of a file may be that of a command.
function ${command}
  set -l words (commandline -opc)
  test "$words[2]" = "$argv[1]"
end
${[
  `${start} -n ${command} -f -a help -d ${quoted(helpAbout)}`,
  ...optionsOf(command, options),
  `${start} -n ${quoted(`${command} help`)} -f -a ${quoted(names)}`,
  ...lines,
].join("\n")}
`;
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
