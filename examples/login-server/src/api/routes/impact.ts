import type { ApiPart } from "../part.ts";
export const impactRoute: ApiPart = () => {};
