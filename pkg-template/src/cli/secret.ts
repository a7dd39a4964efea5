// A token is a secret as long as it is valid, so none is ever printed whole, whatever it came in with.

/** How many characters stay, enough to tell one token from a file's name. */
const shown = 6;

/** How an object of JSON begins in base64: a brace and a quote, with or without white space between them. */
const start = "e(?:yJ|yAi|yAg|woi|wog|w0K|wki|wkJ)";
const tokens = new RegExp(`${start}[\\w-]{8,}(?:\\.[\\w-]*)*`, "g");
const token = new RegExp(`^\\s*(?:[Bb]earer\\s+)?${start}[\\w-]{8,}\\.`);

/** The text with every token in it cut short: a JWT, signed, encrypted or in pieces. */
export function masked(text: string): string {
  return text.replace(tokens, (found) => `${found.slice(0, shown)}…`);
}

/** Whether the text is a token rather than the name of a file. */
export function isToken(text: string): boolean {
  return token.test(text);
}
