// Something that whoever starts the server can put right; the message says how.

export class CannotStart extends Error {}
