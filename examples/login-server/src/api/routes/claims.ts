import type { ApiPart } from "../part.ts";
export const claimRoutes: ApiPart = () => {};
