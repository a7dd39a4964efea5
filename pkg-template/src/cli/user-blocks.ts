// A part of a file of users: the lines that begin in it.
import { readSync } from "node:fs";

/** So much is read at a time. */
export const chunkSize = 256 * 1024;

/** A range of bytes. */
export interface Block {
  /** Its first byte. */
  start: number;
  /** The byte after its last one; `Infinity` for the last block, as a file may grow. */
  end: number;
}

const lineBreak = 0x0a;

/**
 * Reads the lines that begin in a block, whole: the last one may end beyond it. A last line of the file without a line break gets
 * one.
 *
 * @param take is given the pieces; each is gone with the next one
 * @returns how many lines there are
 */
export function readBlock(
  fd: number,
  { start, end }: Block,
  buffer: Uint8Array,
  take: (bytes: Uint8Array) => void,
): number {
  // The byte before the block tells whether a line begins with it.
  let place = Math.max(0, start - 1);
  let hasBegun = start === 0;
  let last = lineBreak;
  let lines = 0;
  for (;;) {
    let piece = buffer.subarray(0, readSync(fd, buffer, 0, buffer.length, place));
    if (piece.length === 0) break;
    if (!hasBegun) {
      const before = piece.indexOf(lineBreak);
      const skipped = before < 0 ? piece.length : before + 1;
      place += skipped;
      if (place >= end) return 0;
      if (before < 0) continue;
      hasBegun = true;
      piece = piece.subarray(skipped);
      if (piece.length === 0) continue;
    }
    const close = piece.indexOf(lineBreak, Math.max(0, end - 1 - place));
    if (close >= 0) piece = piece.subarray(0, close + 1);
    take(piece);
    lines += lineBreaks(piece);
    if (close >= 0) return lines;
    place += piece.length;
    last = piece[piece.length - 1] ?? last;
  }
  if (last === lineBreak) return lines;
  take(Uint8Array.of(lineBreak));
  return lines + 1;
}

function lineBreaks(bytes: Uint8Array): number {
  let count = 0;
  for (let place = bytes.indexOf(lineBreak); place >= 0; place = bytes.indexOf(lineBreak, place + 1)) count += 1;
  return count;
}
