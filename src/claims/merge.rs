//! Claims of one user from two places.

use super::find::Properties;
use crate::error::GroupSyncError;
use crate::value::ClaimValue;

/// The claims of an ID token and of a UserInfo response as one object, in which a claim of UserInfo replaces that of the token.
///
/// # Errors
/// `subject-mismatch` if they do not have the same `sub`, as OpenID Connect Core, section 5.3.2, demands: the response may be
/// somebody else's. `invalid-input` if either is no object.
///
/// ```
/// use idp_group_sync::{ClaimValue, merge_claims};
///
/// let id_token = ClaimValue::from(serde_json::json!({ "sub": "u1", "groups": ["acme"] }));
/// let user_info = ClaimValue::from(serde_json::json!({ "sub": "u1", "groups": ["acme", "acme/ops"] }));
/// assert_eq!(merge_claims(&id_token, &user_info).unwrap(), user_info);
/// ```
pub fn merge_claims(id_token: &ClaimValue, user_info: &ClaimValue) -> Result<ClaimValue, GroupSyncError> {
    let (token, info) = same_subject(id_token, user_info)?;
    let mut merged = token.clone();
    merged.extend(info.iter().map(|(name, value)| (name.clone(), value.clone())));
    Ok(ClaimValue::Object(merged))
}

/// Whether an ID token and a UserInfo response speak of the same user, so that they may be merged.
///
/// # Errors
/// Those of [`merge_claims`].
pub fn check_subject(id_token: &ClaimValue, user_info: &ClaimValue) -> Result<(), GroupSyncError> {
    same_subject(id_token, user_info).map(|_| ())
}

fn same_subject<'c>(
    id_token: &'c ClaimValue,
    user_info: &'c ClaimValue,
) -> Result<(&'c Properties, &'c Properties), GroupSyncError> {
    let properties = |claims: &'c ClaimValue, path: &str| match claims {
        ClaimValue::Object(properties) => Ok(properties),
        other => {
            let message = format!("the claims are {}, not an object", other.kind());
            Err(GroupSyncError::invalid_input(path, message))
        }
    };
    let (token, info) = (properties(id_token, "idToken")?, properties(user_info, "userInfo")?);
    match (token.get("sub"), info.get("sub")) {
        (Some(ClaimValue::Text(one)), Some(ClaimValue::Text(other))) if one == other => Ok((token, info)),
        _ => Err(GroupSyncError::subject_mismatch("userInfo.sub")),
    }
}
