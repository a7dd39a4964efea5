// All that is asked of Node, whose own types would let every other module use it too.
declare module "node:fs" {
  export function readFileSync(file: URL): Uint8Array<ArrayBuffer>;
}
