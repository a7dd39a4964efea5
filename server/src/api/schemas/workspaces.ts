// Making, renaming and deleting workspaces.

import { Type } from "typebox";
import { Failure, text, Version, WorkspaceId } from "./common.ts";
import { exact, named, use } from "./named.ts";
import { Workspace } from "./people.ts";
import { StoredSettings } from "./settings.ts";

const Name = text(200, 1);
const Count = Type.Integer({ minimum: 0 });

export const NewWorkspace = exact({
  name: Name,
  id: Type.Optional({ ...WorkspaceId, description: "Made of the name if left out. It stays what it is." }),
});

export const WorkspaceChange = exact({ name: Name });

export const WorkspaceLosses = named(
  "WorkspaceLosses",
  exact(
    {
      members: { ...Count, description: "People with a membership, archived ones too." },
      membersOnlyHere: { ...Count, description: "Those of them who are in no other workspace." },
      groups: Count,
      scenarios: Count,
      guarantees: Count,
    },
    "What is deleted with a workspace.",
  ),
);

export const WorkspaceAnswer = exact({
  workspace: use(Workspace),
  losses: use(WorkspaceLosses),
  listed: Type.Boolean({ description: "Whether it is in the sync list." }),
  default: Type.Boolean({ description: "Whether it is the default workspace, so that another has to become it." }),
});

export const DeletionQuery = exact({
  version: Version,
  members: Type.Optional({
    ...Count,
    description: "The `losses.members` that were shown. Without it, nothing is deleted.",
  }),
  newDefault: Type.Optional(WorkspaceId),
  confirmed: Type.Optional({ ...Count, description: "The `toConfirm` that was shown, as for a save of settings." }),
  unknown: Type.Optional(Type.Literal(true, { description: "That it is not known whom it concerns." })),
  failing: Type.Optional({ ...Count, description: "The `failing` that was shown, as for a save of settings." }),
});

export const DeletionAnswer = exact({
  stored: { ...use(StoredSettings), description: "The settings as they are now." },
});

export const UnconfirmedLosses = named(
  "UnconfirmedLosses",
  exact(
    { error: Failure, losses: use(WorkspaceLosses) },
    "Nothing is deleted: show these numbers, and send `members` as it is here.",
  ),
);
