// Files that are written anew: whole or not at all.
import { chmod, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { InputError } from "./exit.js";
import { decode, type SourceText } from "./inputs.js";
import { visible } from "./visible.js";

const byteOrderMark = "\uFEFF";

/**
 * Puts a text in the place of the one that was read: it is written beside it and renamed.
 *
 * @throws {InputError} if the file is no longer what was read, is not in UTF-8, or cannot be written
 */
export async function replaceText({ file, name, text: before }: SourceText, text: string): Promise<void> {
  const refuse = (why: string) => new InputError(`${visible(name)}: this can't be written: ${why}`);
  if (file === undefined) throw refuse("it is no file");
  // Of a link, the file that it leads to.
  const path = await realpath(file);
  const beside = `${path}.${process.pid}.new`;
  const bytes = await readFile(path);
  if (decode(bytes, name) !== before) throw refuse("it changed in the meantime");
  const hasMark = bytes.subarray(0, 3).equals(Buffer.from(byteOrderMark));
  if (!hasMark && !bytes.equals(Buffer.from(before))) throw refuse("it is in UTF-16; save it as UTF-8");
  try {
    const { mode } = await stat(path);
    await writeFile(beside, hasMark ? byteOrderMark + text : text, { flag: "wx" });
    await chmod(beside, mode);
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw refuse((error as Error).message);
  }
}
