import type { Messages } from "./en.js";

/** Everything that only the preview page says, in French. */
export const words: Messages = {
  policy: {
    require: { label: "Qui est admis", hint: "tout le monde" },
    matchByName: {
      label: "Faire correspondre les groupes par leur nom",
      answers: { true: "rôles et groupes", "groups-only": "groupes seulement", false: "jamais" },
    },
    noMatch: {
      label: "Si rien ne correspond",
      answers: { "default-role": "donner le rôle le plus bas", keep: "ne rien changer", deny: "refuser" },
    },
    missingClaim: {
      label: "Si le claim est absent",
      answers: { "no-groups": "le traiter comme vide", keep: "ne rien changer", deny: "refuser" },
    },
    unreadableClaim: { label: "Si le claim est illisible", answers: { keep: "ne rien changer", deny: "refuser" } },
    roleWithoutRoleGroup: {
      label: "Si aucun groupe n’accorde de rôle",
      answers: {
        infer: "le déduire des groupes",
        "keep-manual": "conserver un rôle donné à la main",
        keep: "conserver le rôle actuel",
      },
    },
  },

  catalog: {
    groups: "Groupes",
    groupName: (place) => `Nom du groupe ${place}`,
    groupNeeds: (name) => `Groupe ${name} `,
    needs: "exige",
    noRole: "aucun rôle",
    removeGroup: (name) => `Supprimer le groupe ${name}`,
    addGroup: "Ajouter un groupe",
    newGroup: "nouveau-groupe",
    roles: "Rôles, du plus bas au plus élevé",
    roleName: (place) => `Nom du rôle ${place}`,
    removeRole: (name) => `Supprimer le rôle ${name}`,
    addRole: "Ajouter un rôle",
    newRole: "nouveau-role",
  },

  page: {
    title: "Aperçu de la synchronisation des groupes",
    settings: "Paramètres de la synchronisation",
    options: "Options du claim et choix",
    token: "Jeton",
    application: "Application",
    outcome: "Résultat de la connexion",
    footer:
      "Décidé dans cette page, par le moteur qui décide à la connexion. Rien de ce que vous saisissez ou collez ne quitte la page.",
    samples: "Exemples",
    scenarios: "Configurations",
    tokens: "Jetons",
  },
};
