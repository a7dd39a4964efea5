// Two processes on one PGlite folder would destroy it, so the first one leaves its id there.

import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CannotStart } from "../cannot-start.ts";

export function lockFolder(folder: string): void {
  const file = join(folder, "process-id");
  const holder = readHolder(file);
  if (holder !== null && isRunning(holder)) {
    throw new CannotStart(
      `the data folder ${folder} is in use by process ${holder}: stop it, or set DATA_FOLDER or DATABASE_URL`,
    );
  }
  rmSync(file, { force: true }); // of a process that was killed
  writeFileSync(file, String(process.pid), { flag: "wx" });
  process.once("exit", () => rmSync(file, { force: true }));
}

function readHolder(file: string): number | null {
  try {
    const id = Number(readFileSync(file, "utf8"));
    return Number.isInteger(id) && id > 0 ? id : null;
  } catch {
    return null;
  }
}

function isRunning(id: number): boolean {
  if (id === process.pid) return false;
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
