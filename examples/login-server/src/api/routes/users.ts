import type { ApiPart } from "../part.ts";
export const userRoutes: ApiPart = () => {};
