// Where output goes, and whether it may be coloured.
import { clearLine, cursorTo } from "node:readline";
import { styleText } from "node:util";
import { badInput } from "./exit.js";
import { masked } from "./secret.js";

type Style = "error" | "warning" | "info" | "good" | "bad" | "frame" | "strong" | "faint";
type Format = Parameters<typeof styleText>[0];

const formats: Record<Style, Format> = {
  error: ["bold", "red"],
  warning: ["bold", "yellow"],
  info: ["bold", "cyan"],
  good: "green",
  bad: "red",
  frame: ["bold", "blue"],
  strong: "bold",
  faint: "dim",
};

/** Puts a text into one of the styles, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

/** What a line needs of the output that it is written for. */
export interface Painter {
  readonly paint: Paint;
}

/** One of the program's two outputs. */
export class Output implements Painter {
  readonly paint: Paint;
  /** How many columns a line of source may take. */
  readonly columns: number;
  readonly isTerminal: boolean;
  readonly #stream: NodeJS.WriteStream;

  constructor(stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv) {
    this.#stream = stream;
    this.isTerminal = stream.isTTY === true;
    this.columns = Math.max(60, (this.isTerminal && stream.columns) || 120);
    const isColoured = wantsColour(this.isTerminal, environment);
    this.paint = (style, text) =>
      isColoured && text !== "" ? styleText(formats[style], text, { validateStream: false }) : text;
  }

  /** Prints lines. The promise is for those who print without end: it waits until there is room for more. */
  print(lines: string[]): Promise<void> {
    if (lines.length === 0 || this.write(`${lines.join("\n")}\n`)) return Promise.resolve();
    return new Promise((resolve) => this.#stream.once("drain", resolve));
  }

  /** Writes text as it is, but for tokens. Says whether there is room for more. */
  write(text: string): boolean {
    return this.#stream.write(masked(text));
  }

  /** Writes over the line of the terminal on which the cursor stands. */
  overwrite(text: string): void {
    cursorTo(this.#stream, 0);
    clearLine(this.#stream, 0);
    this.write(text);
  }
}

/** The outputs of a command. */
export interface Terminal {
  out: Output;
  err: Output;
}

/** `NO_COLOR` and `FORCE_COLOR` as commander reads them, so that the help and the rest look alike. */
function wantsColour(isTerminal: boolean, { NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv): boolean {
  if (NO_COLOR || FORCE_COLOR === "0" || FORCE_COLOR === "false") return false;
  return FORCE_COLOR ? true : isTerminal && TERM !== "dumb";
}

/** The program's own outputs. A reader that has seen enough (`| head`) ends the program, and that is no fault. */
export function openTerminal(): Terminal {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit();
      if (stream === process.stdout) process.stderr.write(`error: the output can't be written: ${error.message}\n`);
      process.exit(badInput);
    });
  }
  return { out: new Output(process.stdout, process.env), err: new Output(process.stderr, process.env) };
}
