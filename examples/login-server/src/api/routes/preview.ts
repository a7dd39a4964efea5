import type { ApiPart } from "../part.ts";
export const previewRoute: ApiPart = () => {};
