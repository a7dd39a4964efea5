// What a login would come to.

import { described } from "../openapi.ts";
import { type ApiPart, documentLimit } from "../part.ts";
import { previewLogin } from "../preview/preview.ts";
import { notFound, refusals, unprocessable, unreadable } from "../schemas/common.ts";
import { PreviewAnswer, PreviewBody } from "../schemas/trying-out.ts";

export const previewRoute: ApiPart = (server, { database }) => {
  server.post(
    "/preview",
    {
      ...documentLimit,
      schema: {
        ...described("change", "previewLogin", "What a login would come to: of a user, of pasted claims, or of both"),
        description:
          "With `userId` alone, the claims are those of the user's last token. With `claims` alone, it is somebody new. Nothing is changed.",
        body: PreviewBody,
        response: {
          200: PreviewAnswer,
          ...refusals,
          ...notFound,
          ...unreadable,
          ...unprocessable("The user's claims are not known, and none were given: `no-known-claims`."),
        },
      },
    },
    ({ body }) => previewLogin(database, body),
  );
};
