import type { ClaimOptions, Diagnostic, DiagnosticCode, Fix, ImportFormat } from "idp-group-sync";
import { html, type TemplateResult } from "lit";
import { claimText } from "../../claim-fields.js";
import { codes, joined, labelled, numbers, shown, workspaceList } from "../phrases.js";
import type { Messages } from "./en.js";

// Everything that the elements say, in French.

const { number, count: counted } = numbers("fr");

const named = (workspaces: readonly string[]) =>
  workspaceList(workspaces, "et", (left) => (left === 1 ? "1 autre" : `${left} autres`));

/** What was pasted, by its format. */
const pastedForms: Partial<Record<ImportFormat, string>> = {
  "argo-cd": "Une politique d’Argo CD",
  coder: "Un mappage de Coder",
  csv: "Un tableau",
  "csv-reversed": "Un tableau",
  "flask-appbuilder": "Un mappage de Flask-AppBuilder",
  gitea: "Un mappage d’équipes de Gitea",
  gitlab: "Une liste de liens de groupes de GitLab",
  grafana: "Un mappage de Grafana",
  keycloak: "Une liste de mappeurs de Keycloak",
  vault: "Une liste de groupes de Vault",
};

export const words: Messages = {
  diagnostic: ({ code, params }) => diagnostics[code]?.(params),
  help: ({ code, params }) =>
    params.candidates === undefined || code !== "claim-missing" ? helps[code] : otherClaims(params.candidates),
  fix: fixTitle,

  inWorkspaces: {
    unknownTarget: (target, workspaces) =>
      `${shown(target)} n’existe pas dans ${named(workspaces)} et n’y accorde rien`,
    unknownTargetHelp: "créez-y le groupe, ou donnez à l’espace de travail son propre mappage",
    only: (message, workspaces) => `${message} (dans ${named(workspaces)})`,
  },

  severity: { error: "erreur", warning: "avertissement", info: "remarque" },
  count: {
    error: (count) => counted(count, "erreur", "erreurs"),
    warning: (count) => counted(count, "avertissement", "avertissements"),
    info: (count) => counted(count, "remarque", "remarques"),
  },
  role: "rôle",
  group: "groupe",
  idpGroup: "groupe IdP",
  place: (line, column) => `ligne ${line}, colonne ${column}`,
  and: (count) => `Et encore ${count}.`,

  editor: {
    label: "Mappage des groupes",
    placeholder: "groupe IdP -> groupe de l’application",
    keys: (): TemplateResult => html`<kbd>Ctrl</kbd> <kbd>Espace</kbd> suggère · <kbd>Ctrl</kbd> <kbd>I</kbd> explique ·
      <kbd>F2</kbd> renomme · <kbd>F8</kbd> problème suivant · <kbd>Tab</kbd> quitte l’éditeur`,
    fine: "Aucun problème",
    tools: "Outils du mappage",
    text: "Texte",
    table: "Tableau",
    undo: "Annuler",
    redo: "Rétablir",
    format: "Mettre en forme",
    explain: "Expliquer",
    explainHelp: "Ce que fait l’entrée sous le curseur",
    rename: "Renommer la cible",
    close: "Fermer",
    formatted: "Mis en forme.",
    formattedAlready: "Déjà mis en forme.",
    notFormatted: "Corrigez d’abord les erreurs : un texte avec des erreurs ne peut pas être mis en forme.",
    noEntry: "Il n’y a pas d’entrée sous le curseur.",
    noTarget: "Il n’y a pas de cible à renommer sous le curseur.",
    renaming: (name) => html`Nouveau nom de <code>${name}</code>`,
    renameIn: (entries) => `Renommer dans ${counted(entries, "entrée", "entrées")}`,
    cancel: "Annuler",
    notAName: "Une entrée ne peut pas utiliser ce nom.",
    renamed: (entries) => `Renommé dans ${counted(entries, "entrée", "entrées")}.`,
    converted: (from, entries) =>
      `Texte collé et converti en ${counted(entries, "entrée", "entrées")}. Origine : ${pastedForms[from] ?? "JSON"}.`,
    convertedMore: (more) => `${counted(more, "autre remarque", "autres remarques")}.`,
    whichSide: "De quel côté du texte collé se trouvent les groupes IdP ?",
    side: (from) => (from.endsWith("-reversed") ? "À droite" : "À gauche"),
    asPasted: "Garder tel quel",
  },

  explanation: {
    members: (source, pattern, label) =>
      pattern
        ? html`Les membres de chaque groupe IdP qui correspond à <code>${source}</code>`
        : html`Les membres du groupe IdP <code>${source}</code>${labelled(label)}`,
    membersOfAll: (needed, excluded) =>
      html`Les membres de ${joined(needed, "et de", "un groupe comme")}${
        excluded.length > 0 ? html`, mais pas de ${joined(excluded, "ni de", "un groupe comme")},` : ""
      }`,
    role: (members, target) => html`${members} reçoivent le rôle <code>${target}</code>.`,
    group: (members, target) => html`${members} rejoignent le groupe <code>${target}</code>.`,
    capture: (members, target) =>
      html`${members} rejoignent le groupe que l’étoile désigne dans <code>${target}</code>.`,
    unknown: (target) => html`Aucun rôle ni groupe ne s’appelle <code>${target}</code> : cette entrée n’accorde rien.`,
    unknownIn: (workspaces) => html`Cette cible n’existe pas dans ${codes(workspaces)} : l’entrée n’y accorde rien.`,
    broken: "Le mappage contient des erreurs, il ne s’exécute donc pas.",
    alone: (role, groups) =>
      html`Avec ce seul groupe IdP, on a le rôle <code>${role}</code> et
        ${groups.length === 0 ? "on n’est dans aucun groupe" : html`on est dans ${codes(groups)}`}.`,
    touched: (users, of) =>
      users === 0
        ? `0 personne connue sur ${number(of)} a un tel groupe.`
        : `Concerne ${counted(users, "personne connue", "personnes connues")} sur ${number(of)}.`,
    counting: (done, of) => `Décompte des personnes connues : ${number(done)} sur ${number(of)}.`,
  },

  table: {
    label: "Mappage des groupes sous forme de tableau",
    source: "Groupe IdP",
    target: "Rôle ou groupe",
    problems: "Problèmes",
    filter: "Filtrer",
    total: (total) => counted(total, "ligne", "lignes"),
    page: (first, last, total) => `Lignes ${first} à ${last} sur ${total}`,
    previous: "Lignes précédentes",
    next: "Lignes suivantes",
    sourceOf: (row) => `Groupe IdP, ligne ${row}`,
    targetOf: (row) => `Rôle ou groupe, ligne ${row}`,
    lineOf: (line) => `Ligne ${line} du texte, illisible`,
    newSource: "Groupe IdP d’une nouvelle entrée",
    newTarget: "Rôle ou groupe d’une nouvelle entrée",
    add: "Ajouter",
    remove: (source, target) => `Supprimer ${source} → ${target}`,
    removeLine: (line) => `Supprimer la ligne ${line} du texte`,
    star: "* remplace n’importe quel texte",
    change: "Modifier",
    noName: "Une entrée ne peut pas utiliser ce nom.",
    noPattern: "Un modèle ne contient ni virgule ni flèche, et ne commence ni ne finit par des guillemets.",
    noCapture: "Le groupe IdP et le groupe doivent avoir une étoile chacun.",
    none: "Aucune entrée pour le moment.",
    nothingFound: "Aucune entrée ne correspond.",
  },

  preview: {
    waiting: "En attente d’un jeton",
    waitingHelp: "Dès que ses claims sont lisibles, ce que ferait la connexion s’affiche ici.",
    invalidMapping: "Ce mappage ne s’exécute pas",
    invalidMappingHelp:
      "Un mappage avec des erreurs ne s’exécute pas du tout : les connexions ne changent ni rôles ni groupes tant qu’elles ne sont pas corrigées.",
    invalidInput: "Ceci n’est pas encore lisible",
    invalidInputAt: (path) => html`Emplacement : <code>${path}</code>.`,
    outcome: {
      resolved: "Se connecte et est synchronisé",
      "no-match": "Aucun groupe IdP ne correspond",
      keep: "Rien ne change",
      deny: "Refusé",
    },
    claim: (name, path, state) =>
      html`Le claim <code>${name}</code>${path === undefined ? "" : html`, trouvé dans <code>${path}</code>,`} ${state}.`,
    claimState: {
      present: (count) => `contient ${counted(count, "groupe", "groupes")}`,
      empty: () => "est présent, mais vide",
      missing: () => "est absent de ce jeton",
      malformed: () => "ne peut pas être lu comme des groupes",
      incomplete: () => "a été omis de ce jeton",
    },
    role: "Rôle",
    groups: "Groupes",
    none: "aucun",
    reason: {
      default: () => html`Aucun groupe n’accorde ni n’exige de rôle : c’est donc le plus bas.`,
      "role-group": (name) => html`Le groupe IdP <code>${name}</code> accorde ce rôle.`,
      "required-by": (name) => html`Le groupe <code>${name}</code> exige au moins ce rôle.`,
      kept: () => html`Les choix conservent le rôle actuel.`,
    },
    matches: "Correspondance de chaque groupe IdP",
    byMapping: (lines) => {
      if (lines.length === 0) return "par le mappage";
      return `par le mappage, ${lines.length === 1 ? "ligne" : "lignes"} ${lines.join(", ")}`;
    },
    byName: "par son nom",
    unmet: "Conditions non remplies",
    unmetNeeds: (line) => `La ligne ${line} exige aussi`,
    unmetExcludes: (line) => `La ligne ${line} exclut, et la personne est dans`,
    noMatch: "aucune correspondance",
    nearMiss: "presque",
    nothing: "rien",
    grants: "accorde",
    unknown: "inconnu, n’accorde rien",
    showEntry: " : afficher son entrée dans le mappage",
    showAll: (count) => `Afficher les ${count} groupes IdP`,
    spokenWaiting: "Aucun résultat : il n’y a pas de claims à lire.",
    spokenInvalidMapping: (count) => `Aucun résultat : le mappage contient ${count}.`,
    spokenInvalidInput: (message) => `Aucun résultat : ${message}.`,
    spoken: (title, role, groups) =>
      `${title}. Rôle : ${role}. ${groups.length === 0 ? "Aucun groupe" : `Groupes : ${groups.join(", ")}`}.`,
  },

  claims: {
    label: "Jeton : claims en JSON, ou un JWT",
    empty: "Collez ici les claims d’un jeton, en JSON ou sous forme de jeton",
    decoded: "JWT décodé dans cette page. Sa signature n’a pas été vérifiée, et rien n’a été envoyé.",
    help: "JSON, ou un JWT entier : il est décodé dans cette page et n’est envoyé nulle part.",
    noJson: "Ceci n’est pas du JSON",
    mistakes: {
      InvalidSymbol: "Ceci n’est ni une valeur JSON ni un JWT : un texte doit être entre guillemets doubles",
      InvalidNumberFormat: "JSON n’écrit pas les nombres ainsi",
      PropertyNameExpected: "Il manque ici un nom de propriété entre guillemets doubles",
      ValueExpected: "Il manque ici une valeur",
      ColonExpected: "Il manque ici un deux-points",
      CommaExpected: "Il manque ici une virgule",
      CloseBraceExpected: "Il manque ici une accolade fermante }",
      CloseBracketExpected: "Il manque ici un crochet fermant ]",
      EndOfFileExpected: "Le JSON se termine avant ceci",
      InvalidCommentToken: "JSON n’a pas de commentaires",
      UnexpectedEndOfComment: "JSON n’a pas de commentaires",
      UnexpectedEndOfString: "Il manque ici un guillemet fermant",
      UnexpectedEndOfNumber: "Le nombre est coupé ici",
      InvalidUnicode: "\\u demande quatre chiffres hexadécimaux",
      InvalidEscapeCharacter: "JSON ne connaît pas cette séquence d’échappement",
      InvalidCharacter: "Ce caractère doit être échappé",
    },
  },

  claim: {
    name: "Nom du claim",
    delimiter: "Séparateur",
    delimiterHelp: "Découpe un claim qui est un seul texte, par exemple à chaque virgule.",
    item: "Chaque élément est",
    itemHelp: "Comment le nom d’un groupe est écrit dans le jeton.",
    items: {
      text: "le nom du groupe",
      key: "une clé d’un objet",
      flag: "true, et le nom du claim compte",
      "last-path-segment": "un chemin, dont la dernière partie compte",
      "ldap-cn": "un nom LDAP, dont le CN compte",
      "ldap-ou": "un nom LDAP, dont l’OU compte",
      field: "un objet avec un champ",
    },
    field: "Champ",
    fieldHelp: "Le champ de chaque objet qui contient le nom.",
  },

  theme: {
    toLight: "Passer au thème clair",
    toDark: "Passer au thème sombre",
  },

  start: {
    failed: "La page n’a pas pu être chargée. La connexion est peut-être interrompue.",
    again: "Réessayer",
  },
};

// What the engine finds in a mapping or a token: it speaks English, and its codes are put into words here.

type Params = Record<string, string>;

const diagnostics: Record<DiagnosticCode, (params: Params) => string> = {
  "text-too-long": ({ bytes, limit }) => `le mappage fait ${bytes} octets ; ${limit} au plus sont lus`,
  "too-many-entries": ({ limit }) => `le mappage a plus de ${limit} entrées ; le reste n’a pas été lu`,
  "name-too-long": ({ characters, limit }) => `le nom a ${characters} caractères ; ${limit} au plus sont permis`,
  "missing-arrow": ({ name, found }) =>
    found === undefined ? `il manque la flèche dans ${shown(name)}` : `${shown(found)} n’est pas une flèche`,
  "missing-source": () => "il n’y a pas de groupe IdP avant la flèche",
  "missing-target": () => "il n’y a ni rôle ni groupe de l’application après la flèche",
  "extra-arrow": () => "une entrée n’a qu’une flèche",
  "unterminated-quote": ({ name }) => `le guillemet de ${shown(name)} n’est pas fermé sur sa ligne`,
  "text-after-quote": ({ text }) => `${shown(text)} suit le guillemet fermant`,
  "unknown-escape": (params) => `${shown(params.escape)} n’est pas une séquence d’échappement`,
  "capture-without-pattern": ({ target }) => `le \`*\` de ${shown(target)} ne représente rien`,
  "too-many-terms": ({ terms, limit }) => `la condition a ${terms} termes ; ${limit} au plus sont lus`,
  "too-many-stars": ({ stars, limit }) => `le modèle a ${stars} étoiles ; ${limit} au plus sont possibles`,
  "condition-without-group": ({ source }) => `${shown(source)} ne nomme aucun groupe IdP à avoir`,
  "alternative-sources": () => "`||` ne relie pas des groupes IdP",
  "condition-in-target": ({ target }) => `${shown(target)} contient ce qui va avant la flèche`,
  "other-format": ({ format }) => `ceci est ${format}, et non un mappage`,
  contradiction: ({ name, excluded }) => `personne n’a ${shown(name)} sans avoir ${shown(excluded)}`,
  "other-quotes": ({ name }) => `les guillemets de ${shown(name)} font partie du nom`,
  "other-separator": ({ found }) => `${shown(found)} ne sépare pas les entrées`,
  "regular-expression": ({ source }) => `${shown(source)} n’est pas ici une expression régulière`,
  "unusual-space": ({ name, character }) => `${shown(name)} contient une espace inhabituelle, ${character}`,
  "single-operator": ({ name, found }) => `le ${shown(found)} fait partie du nom ${shown(name)}`,
  "commented-entry": ({ source }) => `${shown(source)} commence un commentaire, ce n’est pas une entrée`,
  "empty-entry": () => "il n’y a rien entre deux virgules",
  "duplicate-entry": ({ source, target }) => `${shown(source)} est déjà mappé vers ${shown(target)}`,
  "without-nothing": ({ entry }) => `l’entrée ${shown(entry)} n’existe pas, aucune n’est donc retirée`,
  "unknown-source": ({ source }) => `${shown(source)} n’est pas un groupe IdP connu : peut-être que personne ne l’a`,
  "unknown-target": ({ target }) => `${shown(target)} ne peut pas être accordé ici : l’entrée n’accorde rien`,
  "role-spelling": ({ target, role }) => `${shown(target)} accorde le rôle ${shown(role)}`,
  "replaces-name-match": ({ source, kind }) =>
    `${shown(source)} ne correspond plus au ${kind === "role" ? "rôle" : "groupe"} du même nom`,
  "redundant-entry": ({ source }) => `${shown(source)} correspond aussi sans cette entrée, par son nom`,
  "pattern-grants-role": ({ source, role }) =>
    `chaque groupe IdP qui correspond à ${shown(source)}, maintenant ou plus tard, accorde le rôle ${shown(role)}`,
  "grants-top-role": ({ source, role }) =>
    `les membres de ${shown(source)} reçoivent le rôle le plus élevé, ${shown(role)}`,
  "lookalike-names": ({ name, other }) =>
    `${shown(name)} ressemble à ${shown(other)}, mais les noms sont comparés exactement`,
  "names-collide": ({ name, other }) =>
    `${shown(other)} et ${shown(name)} sont un seul nom, car la casse ne compte pas`,
  "role-and-group": ({ name }) => `${shown(name)} est un rôle et un groupe de l’application ; c’est le rôle qui compte`,
  "invisible-character": ({ name, character }) => `${shown(name)} contient un caractère invisible : ${character}`,
  "claim-missing": ({ claim }) => `le jeton n’a pas de claim ${shown(claim)}`,
  "claim-case": ({ found }) => `le jeton a un claim ${shown(found)} ; la casse compte dans les claims`,
  "claim-malformed": ({ item }) =>
    item === undefined
      ? "le claim n’est pas une liste de noms de groupes : les groupes ne peuvent pas être lus"
      : `l’élément ${item} du claim n’est pas un nom de groupe : les groupes ne peuvent pas être lus`,
  "claim-looks-encoded": ({ item }) =>
    item === undefined
      ? "le claim est une liste ou un objet écrit comme texte : les groupes ne peuvent pas être lus"
      : `l’élément ${item} du claim est une liste ou un objet écrit comme texte : les groupes ne peuvent pas être lus`,
  "claim-too-many-groups": ({ count, limit }) => `le claim a ${count} groupes ; ${limit} au plus sont lus`,
  "claim-incomplete": ({ found }) =>
    `le jeton ne contient pas les groupes : ${found} indique qu’il faut les chercher ailleurs`,
  "claim-looks-delimited": ({ found }) =>
    `le claim est un seul texte, ${shown(found)}, qui ressemble à une liste ; il a été lu comme un seul groupe`,
  "import-unknown-format": ({ text }) => `${shown(text)} n’est le début d’aucun format connu`,
  "import-direction": () => "les groupes IdP peuvent être d’un côté comme de l’autre",
  "import-unreadable": ({ text }) => `${shown(text)} ne peut pas être lu`,
  "import-not-sayable": ({ text, reason }) => `${shown(text)} n’a pas d’équivalent dans un mappage${because(reason)}`,
  "import-differs": ({ text, reason }) => `${shown(text)} a ici un autre sens${because(reason)}`,
  "claim-empty-item": ({ count }) => `noms de groupes vides ignorés dans le claim : ${count}`,
  "claim-item-skipped": ({ count }) => `noms LDAP ignorés dans le claim, car ce ne sont pas des groupes : ${count}`,
  "raised-by-group": ({ granted, role, group }) =>
    `le rôle accordé est ${shown(granted)}, mais le groupe ${shown(group)} exige ${shown(role)}`,
  "explanation-cut": ({ limit }) => `l’explication s’arrête après ${limit} attributions ; toutes ont compté`,
  "last-admin-unknown": ({ from, to }) =>
    `le rôle passe de ${shown(from)} à ${shown(to)}, et on ne sait pas si une autre personne a le rôle le plus élevé`,
  "method-not-synced": ({ method }) =>
    `une connexion par ${shown(method)} ne synchronise rien ; ses claims ou groupes ne sont pas lus`,
  "custom-groups-unlicensed": () =>
    "la licence ne comprend pas les groupes personnalisés : seuls les rôles sont synchronisés",
  "invalid-membership": ({ workspace }) => `l’appartenance à ${shown(workspace)} nomme un rôle qui n’y existe pas`,
};

/** Why something that was imported is not as it was. */
const reasons: Record<string, string> = {
  "everybody-else": "tout le monde le reçoit ; ici, le rôle le plus bas et les choix en décident",
  name: "aucune entrée ne peut avoir un tel nom",
  limit: "un mappage a au plus 50 000 entrées et 4 Mio",
  "not-a-group": "cela ne dépend d’aucun groupe",
  filter: "les groupes sont nommés, ou désignés par un modèle avec `*`",
  "all-users": "là-bas, on le reçoit aussi sans aucun groupe",
  id: "c’est un identifiant ; écrivez le nom dans l’application",
  expression: "une entrée demande quels groupes sont présents",
  precedence: "là-bas, le rôle le plus bas passe en premier ; ici, c’est le plus élevé",
  organization: "un mappage ne connaît pas d’organisations, elles sont donc écrites avant le rôle",
  admittance: "les choix disent qui est admis",
  "other-right":
    "cela accorde autre chose que le mappage ; écrivez une entrée pour ce que l’application a d’équivalent",
  "first-login": "là-bas, c’est accordé à la première connexion seulement ; ici, les choix disent quand synchroniser",
  permission: "un mappage accorde des rôles et des groupes, pas des permissions",
  inheritance: "un mappage donne des rôles à des groupes IdP, pas à d’autres rôles",
  "custom-role": "c’est l’identifiant d’un rôle personnalisé ; le rôle dont il dérive a été écrit",
  providers: "cela relève d’un autre fournisseur d’identité, qui a ses propres paramètres",
  claims: "cela est lu dans un autre claim, qui est à régler aussi",
  column: "un mappage a deux côtés : le groupe IdP et ce qu’il accorde",
};

const because = (reason = "") => (reasons[reason] === undefined ? "" : ` : ${reasons[reason]}`);

const helps: Partial<Record<DiagnosticCode, string>> = {
  "text-too-long": "remplacez plusieurs entrées par des modèles",
  "too-many-entries": "remplacez plusieurs entrées par des modèles",
  "missing-arrow": "écrivez `groupe IdP -> groupe de l’application`, et entre guillemets les noms avec une virgule",
  "missing-source": "écrivez `groupe IdP -> groupe de l’application`",
  "missing-target": "écrivez `groupe IdP -> groupe de l’application`",
  "extra-arrow": "écrivez une entrée par cible, ou mettez le nom entre guillemets",
  "unterminated-quote": 'fermez le nom par `"`',
  "text-after-quote": "les guillemets entourent tout le nom",
  "unknown-escape": "entre guillemets, écrivez `\\\\` pour une barre oblique inverse",
  "capture-without-pattern": "une cible peut avoir un `*` si sa source en a exactement un",
  "too-many-terms": "un modèle peut remplacer plusieurs termes",
  "too-many-stars": "une étoile peut représenter tout ce qui est entre deux autres",
  "condition-without-group": "ajoutez un groupe sans `!` ; `*` est n’importe quel groupe IdP",
  "alternative-sources": "écrivez une entrée pour chacun, avec la même cible",
  "condition-in-target": "une cible est un rôle ou un groupe ; écrivez une entrée pour chacun",
  "other-format": "importez-le pour le convertir",
  "other-quotes": 'les noms qui ont besoin de guillemets sont entre `"`',
  "other-separator": "séparez les entrées par des virgules ou des lignes",
  "regular-expression": "dans un modèle, `*` est n’importe quel texte ; rien d’autre n’a de sens particulier",
  "single-operator": "`&&` relie des groupes à avoir tous",
  "commented-entry": "mettez entre guillemets un nom qui commence par `#`",
  "without-nothing": "retirez-la, ou écrivez-la comme dans le mappage",
  "unknown-source": "un groupe IdP est connu dès qu’un jeton l’a contenu, ou par un annuaire",
  "unknown-target": "créez le groupe dans l’application, ou nommez-en un qui existe",
  "pattern-grants-role": "nommez les groupes IdP qui accordent un rôle",
  "names-collide": "choisissez une seule écriture, ou comparez les noms exactement",
  "role-and-group": "renommez le groupe, sinon aucun mappage ne l’atteint",
  "last-admin-unknown": "indiquez avec `guards.lastAdmin` si une autre personne a le rôle le plus élevé",
  "claim-case": "écrivez le nom du claim comme dans le jeton",
  "claim-malformed": "le fournisseur d’identité doit envoyer une liste de textes",
  "claim-looks-encoded": "s’il contient des groupes, indiquez avec `decode` comment ils sont écrits",
  "claim-too-many-groups": "faites envoyer seulement les groupes utiles à cette application",
  "claim-incomplete": "demandez les groupes au fournisseur d’identité et passez-les comme liste",
  "claim-looks-delimited": "si c’est une liste, réglez le séparateur",
};

/** The claims that may be meant, of which the engine gives the settings. */
function otherClaims(candidates: string): string {
  const settings: ClaimOptions[] = JSON.parse(candidates);
  const names = settings.map((setting) => shown(claimText(setting)));
  return `si les groupes sont dans un autre claim, réglez-le : le jeton a ${names.join(", ")}`;
}

/** What a fix does, told by what it is for and by what it writes. */
function fixTitle({ code }: Diagnostic, { edits }: Fix): string {
  const written = edits[0]?.text ?? "";
  switch (code) {
    case "unknown-escape":
      return "écrire la barre oblique inverse `\\\\`";
    case "unterminated-quote":
      return "fermer le guillemet";
    case "extra-arrow":
      return written.startsWith(",") ? "séparer par des virgules" : "supprimer la flèche en trop";
    case "alternative-sources":
      return "écrire une entrée pour chacun";
    case "other-separator":
      return "supprimer le caractère";
    case "unusual-space":
      return written.includes("\\u{") ? "écrire une séquence d’échappement" : "écrire une espace ordinaire";
    case "empty-entry":
      return "supprimer la virgule en trop";
    case "duplicate-entry":
    case "redundant-entry":
      return "supprimer l’entrée";
    case "invisible-character":
      return "supprimer ce qui est invisible";
    case "text-after-quote":
    case "condition-in-target":
    case "commented-entry":
    case "capture-without-pattern":
      return "mettre entre guillemets";
    case "missing-arrow":
      if (written.includes("->") && written.trim() !== "->") {
        return "écrire une entrée pour chaque nom";
      }
      return written.startsWith('"') ? "mettre entre guillemets" : "écrire `->`";
    default:
      return `écrire ${shown(written)}`;
  }
}
