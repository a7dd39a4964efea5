//! Mappings as other products write them, turned into mapping text.
//!
//! ```text
//! text ──detect──▶ format ──its reader──▶ entries + what can't be said
//! ```
//!
//! Each format is a file. What it writes always reads without an error, and nothing of what was given is left out in silence:
//! what has no counterpart is a diagnostic, at its place. `docs/importing.md` describes the formats.

mod argo_cd;
mod arrows;
mod beside;
mod coder;
mod gitea;
mod gitlab;
mod grafana;
mod keycloak;
mod literal;
mod pairs;
mod role_path;
mod scan;
mod settings;
mod table;
mod vault;
mod written;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, DiagnosticCode, in_text_order, shown};
use crate::mapping::{FormatStyle, MAX_TEXT_BYTES, Mapping};
use literal::Literal;
use scan::{Scan, place_of};
use settings::values;
use written::{Import, LIMIT, SYNTAX, first_line};

/// How a mapping is written that is imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum ImportFormat {
    /// Mapping text.
    Mapping,
    /// Names with arrows between them, in which no sign is special: Retool, `ToolJet`.
    Arrows,
    /// `role_attribute_path` and `org_mapping` of Grafana.
    Grafana,
    /// The team map of Gitea and Forgejo.
    Gitea,
    /// `policy.csv` of Argo CD.
    ArgoCd,
    /// The group and role sync of Coder.
    Coder,
    /// The group links of GitLab.
    Gitlab,
    /// The identity provider mappers of Keycloak.
    Keycloak,
    /// `AUTH_ROLES_MAPPING` of Flask-AppBuilder, which Airflow and Superset have.
    FlaskAppbuilder,
    /// The group aliases of Vault and OpenBao.
    Vault,
    /// A JSON object of IdP groups, each with what it grants.
    Json,
    /// A JSON object of roles or groups, each with the IdP groups that grant it.
    JsonReversed,
    /// A table of IdP groups and what they grant.
    Csv,
    /// A table of roles or groups, and the IdP groups that grant them.
    CsvReversed,
}

/// What an import comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ImportedMapping {
    /// How the text was read; `None` where that is open, or nothing that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<ImportFormat>,
    /// How it can be read, where that is for a person to say.
    pub choices: Vec<ImportFormat>,
    /// Mapping text with the entries. It has no errors.
    pub mapping: String,
    /// How many entries it has.
    pub entries: usize,
    /// The claims that the text reads groups from, where it says so.
    pub claims: Vec<String>,
    /// What can't be said in a mapping, or means something else there; places are in the text that was given.
    pub diagnostics: Vec<Diagnostic>,
}

/// Which side of pairs the IdP groups are on.
#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Forward,
    Reversed,
    Open,
}

/// Which of the names on two sides are IdP groups: only a directory has names such as `CN=Sales,DC=corp`.
fn direction(pairs: &[(&str, &str)]) -> Direction {
    let is_directory_name = |name: &str| {
        let bytes = name.as_bytes();
        bytes.get(2) == Some(&b'=')
            && name.contains(',')
            && ["cn", "ou", "dc"].iter().any(|known| {
                bytes
                    .iter()
                    .zip(known.bytes())
                    .all(|(byte, letter)| byte | 0x20 == letter)
            })
    };
    let is_left = pairs.iter().any(|(left, _)| is_directory_name(left));
    let is_right = pairs.iter().any(|(_, right)| is_directory_name(right));
    match (is_left, is_right) {
        (true, false) => Direction::Forward,
        (false, true) => Direction::Reversed,
        _ => Direction::Open,
    }
}

/// Turns a mapping that another product keeps into mapping text. How it is written is recognised where that is sure, and not
/// guessed where it is not: `choices` then holds what `from` may say. What can't be said in a mapping is reported, never dropped.
///
/// ```
/// use idp_group_sync::{ImportFormat, import_mapping};
///
/// let imported = import_mapping("g, my-org:team-beta, role:admin", None);
/// assert_eq!(imported.from, Some(ImportFormat::ArgoCd));
/// assert_eq!(imported.mapping, "my-org:team-beta -> admin");
/// ```
#[must_use]
pub fn import_mapping(text: &str, from: Option<ImportFormat>) -> ImportedMapping {
    let mut import = Import::new(text);
    let mut choices = Vec::new();
    let mut from = from;
    if text.len() > MAX_TEXT_BYTES {
        import.unreadable(text, LIMIT);
    } else {
        if from.is_none() {
            choices = detect(text);
            if let [format] = choices.as_slice() {
                from = Some(*format);
                choices.clear();
            }
        }
        match from {
            Some(format) => read(&mut import, text, format),
            None => open(&mut import, text, !choices.is_empty()),
        }
    }
    ImportedMapping {
        from,
        choices,
        entries: import.entries,
        mapping: import.mapping,
        claims: import.claims,
        diagnostics: in_text_order(import.diagnostics),
    }
}

/// Reports that it is not sure how the text is to be read.
#[inline(never)]
fn open(import: &mut Import, text: &str, is_known: bool) {
    let line = first_line(text);
    let (code, message, help) = if is_known {
        let message = "either side could be the IdP groups; say which it is".to_owned();
        let help = "`json` and `csv` have the IdP groups first, `json-reversed` and `csv-reversed` the roles or groups";
        (DiagnosticCode::ImportDirection, message, help)
    } else {
        let message = [&shown(line), " is not the beginning of a format that is known"].concat();
        let help = "say which format it is, if it is one of those that can be imported";
        (DiagnosticCode::ImportUnknownFormat, message, help)
    };
    let place = import.place(line);
    import
        .diagnostics
        .push(Diagnostic::new(code, message).at(place).param("text", line).help(help));
}

/// Settings by whose names a format is recognised.
const SETTINGS: &[(&str, ImportFormat)] = &[
    ("role_attribute_path", ImportFormat::Grafana),
    ("org_mapping", ImportFormat::Grafana),
    ("oidc_group_mapping", ImportFormat::Coder),
    ("oidc_user_role_mapping", ImportFormat::Coder),
    ("group_team_map", ImportFormat::Gitea),
    ("auth_roles_mapping", ImportFormat::FlaskAppbuilder),
    ("sso_role_mapping", ImportFormat::Arrows),
];

/// Properties that stand together in an object of a format alone.
const PROPERTIES: &[(&str, &str, ImportFormat)] = &[
    (
        "identityProviderMappers",
        "identityProviderMappers",
        ImportFormat::Keycloak,
    ),
    ("identityProviderMapper", "config", ImportFormat::Keycloak),
    ("canonical_id", "name", ImportFormat::Vault),
    ("policies", "name", ImportFormat::Vault),
    ("access_level", "name", ImportFormat::Gitlab),
    ("access_level", "saml_group_name", ImportFormat::Gitlab),
    ("group_access", "provider", ImportFormat::Gitlab),
    ("mapping", "field", ImportFormat::Coder),
];

/// How a text is written: one format, or those that it could be of, or none.
#[inline(never)]
fn detect(text: &str) -> Vec<ImportFormat> {
    if matches!(Scan(text.trim_start()).next(), b'{' | b'[')
        && let Ok(documents) = Literal::read_all(text)
    {
        return detect_among(&documents, text);
    }
    for (name, format) in SETTINGS {
        if !values(text, name).is_empty() {
            return vec![*format];
        }
    }
    if argo_cd::is_policy(text) {
        return vec![ImportFormat::ArgoCd];
    }
    if place_of(text, "contains(").and(place_of(text, "&&")).is_some() || grafana::is_org_mapping(text) {
        return vec![ImportFormat::Grafana];
    }
    if place_of(text, "->").or(place_of(text, "→")).is_some() {
        let has_errors = Mapping::parse(text).has_errors();
        return vec![if has_errors {
            ImportFormat::Arrows
        } else {
            ImportFormat::Mapping
        }];
    }
    directions(table::direction_of(text), ImportFormat::Csv, ImportFormat::CsvReversed)
}

fn detect_among(documents: &[Literal], text: &str) -> Vec<ImportFormat> {
    for document in documents {
        for document in document.items() {
            let record = document.get("data").unwrap_or(document);
            for (one, other, format) in PROPERTIES {
                if record.get(one).and(record.get(other)).is_some() {
                    return vec![*format];
                }
            }
        }
    }
    match documents {
        [document] if gitea::is_team_map(document) => vec![ImportFormat::Gitea],
        [document] if !grafana::is_org_mapping(text) => directions(
            pairs::direction_of(document),
            ImportFormat::Json,
            ImportFormat::JsonReversed,
        ),
        [_] => vec![ImportFormat::Grafana],
        _ => Vec::new(),
    }
}

fn directions(direction: Option<Direction>, forward: ImportFormat, reversed: ImportFormat) -> Vec<ImportFormat> {
    match direction {
        None => Vec::new(),
        Some(Direction::Forward) => vec![forward],
        Some(Direction::Reversed) => vec![reversed],
        Some(Direction::Open) => vec![forward, reversed],
    }
}

#[inline(never)]
fn read<'t>(import: &mut Import<'t>, text: &'t str, format: ImportFormat) {
    match format {
        ImportFormat::Mapping => mapping(import, text),
        ImportFormat::Grafana => grafana::import(import, text),
        ImportFormat::ArgoCd => argo_cd::import(import, text),
        ImportFormat::Csv | ImportFormat::CsvReversed => {
            table::import(import, text, format == ImportFormat::CsvReversed);
        }
        ImportFormat::Keycloak | ImportFormat::Vault => match Literal::read_all(text) {
            Ok(documents) if format == ImportFormat::Vault => vault::import(import, &documents),
            Ok(documents) => keycloak::import(import, &documents),
            Err(at) => import.unreadable(at, SYNTAX),
        },
        _ => {
            let mut is_alone = true;
            for (name, of) in SETTINGS {
                // One that stands in the value of another is none.
                let mut end = 0;
                for value in values(text, name) {
                    if *of == format && value.as_ptr() as usize >= end {
                        is_alone = false;
                        end = read_value(import, value, format).as_ptr() as usize;
                    }
                }
            }
            if is_alone {
                read_value(import, text, format);
            }
        }
    }
    beside::import(import, text, format);
}

/// Reads one value, and returns what stands behind it.
#[inline(never)]
fn read_value<'t>(import: &mut Import<'t>, text: &'t str, format: ImportFormat) -> &'t str {
    if format == ImportFormat::Arrows {
        arrows::import(import, text);
        return Scan(text).pass(0);
    }
    let document = match Literal::read_first(text) {
        Ok(document) => document,
        Err(at) => {
            import.unreadable(at, SYNTAX);
            return at;
        }
    };
    match format {
        ImportFormat::Gitea => gitea::import(import, &document),
        ImportFormat::Coder => coder::import(import, &document),
        ImportFormat::Gitlab => document.items().iter().for_each(|link| gitlab::import(import, link)),
        _ => pairs::import(import, &document, format == ImportFormat::JsonReversed),
    }
    let before = text.len() - text.trim_start().len() + document.at.len();
    text.get(before..).unwrap_or("")
}

/// Mapping text is taken over as it is meant; one with errors is left to be mended where it stands.
#[inline(never)]
fn mapping(import: &mut Import, text: &str) {
    let mapping = Mapping::parse(text);
    match mapping.format(FormatStyle::Line) {
        Ok(formatted) => (import.mapping, import.entries) = (formatted, mapping.entries().len()),
        Err(_) => import.diagnostics = mapping.diagnostics().to_vec(),
    }
}
