// What a database's error says about what to do next.

/** SQLSTATE codes of a transaction that lost against another one and may simply be run again. */
const collisions = new Set(["40001", "40P01"]);

/** Codes of Node's and pg's errors when the server cannot be reached, and SQLSTATE classes for a server that gives up. */
const unreachable = new Set(["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EHOSTUNREACH", "ETIMEDOUT", "EPIPE"]);
const givingUp = ["08", "53", "57", "58"];
/** And one that lets this server in no longer: its password was changed, or the database is gone. */
const shut = ["28", "3D"];
/** One that takes no changes for now, as a standby does, or one whose disk is nearly full; and locks that come too late. */
const notNow = ["25006", "55P03", "25P03"];

/** pg has no code for these. */
const lostConnection =
  /^(Connection terminated|Client (has encountered a connection error|was closed)|timeout exceeded when trying to connect)/;

export function isCollision(error: unknown): boolean {
  return collisions.has(codeOf(error));
}

/** What a row is to refer to is not there, or no longer. */
export function isMissingReference(error: unknown): boolean {
  return codeOf(error) === "23503";
}

/** Another row has what may be there once. */
export function isUniqueViolation(error: unknown): boolean {
  return codeOf(error) === "23505";
}

/** The server is not there, is shutting down, or has no disk or memory left; not the fault of what was asked. */
export function isUnavailable(error: unknown): boolean {
  const code = codeOf(error);
  if (unreachable.has(code)) return true;
  if (/^[0-9A-Z]{5}$/.test(code)) return [...givingUp, ...shut].includes(code.slice(0, 2)) || notNow.includes(code);
  return (
    error instanceof Error &&
    (lostConnection.test(error.message) || isSilence(error) || error.message === "driver has already been destroyed")
  );
}

/** The server did not answer in time. */
export function isSilence(error: unknown): boolean {
  return error instanceof Error && error.message === "Query read timeout";
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "";
}
