//! Settings that stand beside a mapping, and say something about access too, or where the groups are.

use super::ImportFormat;
use super::scan::trimmed;
use super::settings::values;
use super::written::{EVERYBODY_ELSE, FILTER, Import, Reason};

const ADMITTANCE: Reason = ("admittance", "the policy decides who is admitted");
const OTHER_RIGHT: Reason = (
    "other-right",
    "it gives something else than the map does; write an entry for what the application has in its place",
);

const TOLD: &[(ImportFormat, &str, Reason)] = &[
    (ImportFormat::Grafana, "allowed_groups", ADMITTANCE),
    (ImportFormat::Grafana, "role_attribute_strict", ADMITTANCE),
    (ImportFormat::Grafana, "auto_assign_org_role", EVERYBODY_ELSE),
    (
        ImportFormat::FlaskAppbuilder,
        "auth_user_registration_role",
        EVERYBODY_ELSE,
    ),
    (ImportFormat::Coder, "oidc_user_role_default", EVERYBODY_ELSE),
    (ImportFormat::Coder, "oidc_allowed_groups", ADMITTANCE),
    (ImportFormat::Coder, "oidc_group_regex_filter", FILTER),
    (ImportFormat::Gitea, "required_claim_value", ADMITTANCE),
    (ImportFormat::Gitea, "admin_group", OTHER_RIGHT),
    (ImportFormat::Gitea, "restricted_group", OTHER_RIGHT),
];

const CLAIMS: &[(ImportFormat, &str)] = &[
    (ImportFormat::Coder, "oidc_group_field"),
    (ImportFormat::Coder, "oidc_user_role_field"),
    (ImportFormat::Gitea, "group_claim_name"),
];

#[inline(never)]
pub(super) fn import<'t>(import: &mut Import<'t>, text: &'t str, format: ImportFormat) {
    for (_, name) in CLAIMS.iter().filter(|(of, _)| *of == format) {
        values(text, name).into_iter().for_each(|claim| import.claim(claim));
    }
    for (_, name, reason) in TOLD.iter().filter(|(of, ..)| *of == format) {
        for value in values(text, name) {
            let value = trimmed(value, ";,");
            if !value.is_empty() && value != "false" {
                import.not_sayable(value, *reason);
            }
        }
    }
}
