//! Mapping text, claims, and two mappings compared.

use idp_group_sync::internal::diff;
use idp_group_sync::{
    self as core, Catalog, ClaimOptions, ClaimValue, FormatStyle, IdpGroup, ImportFormat, Mapping, NewEntry, Policy,
};
use serde::Deserialize;
use wasm_bindgen::prelude::*;

use super::compile;
use crate::buffers::{Written, arguments, write};
use crate::entries::Parsed;
use crate::error::thrown;

/// The entries of a mapping `text`, and what is wrong with the rest of it.
#[wasm_bindgen(js_name = parseMapping)]
pub fn parse_mapping(length: usize) -> Written {
    let text: String = arguments(length)?.take("text").map_err(thrown)?;
    let mapping = Mapping::parse(text);
    write(&Parsed::new(&mapping, mapping.diagnostics()))
}

/// The canonical form of a mapping `text`, in this `style`.
#[wasm_bindgen(js_name = formatMapping)]
pub fn format_mapping(length: usize) -> Written {
    let mut arguments = arguments(length)?;
    let text: String = arguments.take("text").map_err(thrown)?;
    let style: FormatStyle = arguments.take_optional("style").map_err(thrown)?;
    let mapping = Mapping::parse(text);
    let formatted = mapping.format(style).map_err(|error| thrown(error.within("text")))?;
    write(&formatted)
}

/// A mapping `text` with `entries` added to it.
#[wasm_bindgen(js_name = addEntries)]
pub fn add_entries(length: usize) -> Written {
    let mut arguments = arguments(length)?;
    let text: String = arguments.take("text").map_err(thrown)?;
    let entries: Vec<NewEntry> = arguments.take("entries").map_err(thrown)?;
    let added = core::add_entries(&text, &entries).map_err(thrown)?;
    write(&added)
}

/// Two versions, `mine` and `theirs`, that were made of one mapping, `base`, merged.
#[wasm_bindgen(js_name = mergeMappings)]
pub fn merge_mappings(length: usize) -> Written {
    let mut arguments = arguments(length)?;
    let mut read = |name: &str| arguments.take::<String>(name).map(Mapping::parse).map_err(thrown);
    let (base, mine, theirs) = (read("base")?, read("mine")?, read("theirs")?);
    let merge = core::merge_mappings(&base, &mine, &theirs).map_err(thrown)?;
    write(&merge)
}

/// A mapping `text` of another product as mapping text.
#[wasm_bindgen(js_name = importMapping)]
pub fn import_mapping(length: usize) -> Written {
    let mut arguments = arguments(length)?;
    let text: String = arguments.take("text").map_err(thrown)?;
    let from: Option<ImportFormat> = arguments.take_optional("options.from").map_err(thrown)?;
    write(&core::import_mapping(&text, from))
}

/// Everything that is wrong or doubtful about a mapping `text` for an application, which has this `catalog` and `policy`,
/// and where these `idpGroups` are known.
#[wasm_bindgen(js_name = checkMapping)]
pub fn check_mapping(length: usize) -> Written {
    let mut arguments = arguments(length)?;
    let text: String = arguments.take("text").map_err(thrown)?;
    let catalog: Catalog = arguments.take("catalog").map_err(thrown)?;
    let policy: Policy = arguments.take_optional("policy").map_err(thrown)?;
    let idp_groups: Vec<IdpGroup> = arguments.take_optional("idpGroups").map_err(thrown)?;
    let mapping = Mapping::parse(text);
    let diagnostics = core::check(&mapping, &catalog, &policy, &idp_groups);
    write(&diagnostics)
}

/// The entries of a mapping `text`, and everything that is wrong or doubtful about it for an application, which has this
/// `catalog` and `policy`.
#[wasm_bindgen(js_name = inspectMapping)]
pub fn inspect_mapping(length: usize) -> Written {
    let mut arguments = arguments(length)?;
    let text: String = arguments.take("text").map_err(thrown)?;
    let catalog: Catalog = arguments.take("catalog").map_err(thrown)?;
    let policy: Policy = arguments.take_optional("policy").map_err(thrown)?;
    let idp_groups: Vec<IdpGroup> = arguments.take_optional("idpGroups").map_err(thrown)?;
    let mapping = Mapping::parse(text);
    let diagnostics = core::check(&mapping, &catalog, &policy, &idp_groups);
    write(&Parsed::new(&mapping, &diagnostics))
}

/// The names that fit at an `offset` of a mapping `text`, in UTF-16 code units: of the `catalog`, and of `idpGroups`.
#[wasm_bindgen(js_name = completeMapping)]
pub fn complete_mapping(length: usize) -> Written {
    let mut arguments = arguments(length)?;
    let text: String = arguments.take("text").map_err(thrown)?;
    let offset: u64 = arguments.take("offset").map_err(thrown)?;
    let catalog: Catalog = arguments.take("catalog").map_err(thrown)?;
    let idp_groups: Vec<IdpGroup> = arguments.take_optional("idpGroups").map_err(thrown)?;
    // A place past any text is as good as its end.
    let offset = core::byte_of_utf16(&text, usize::try_from(offset).unwrap_or(usize::MAX));
    write(&core::complete(&text, offset, &catalog, &idp_groups))
}

/// The IdP groups in the `claims` of a token, of which `claim` says how they are read.
#[wasm_bindgen(js_name = readGroups)]
pub fn read_groups(length: usize) -> Written {
    let mut arguments = arguments(length)?;
    let claim: ClaimOptions = arguments.take("claim").map_err(thrown)?;
    let claims = arguments.take_value("claims").map_err(thrown)?;
    write(&core::read_groups(&claims, &claim).map_err(thrown)?)
}

/// Claims of these `tokens` that may hold the users' groups.
#[wasm_bindgen(js_name = suggestClaims)]
pub fn suggest_claims(length: usize) -> Written {
    let mut arguments = arguments(length)?;
    let tokens: Vec<ClaimValue> = arguments.take("tokens").map_err(thrown)?;
    let options: SuggestOptions = arguments.take_optional("options").map_err(thrown)?;
    let found = core::suggest_claims(&tokens, options.claim.as_ref()).map_err(thrown)?;
    write(&found)
}

/// Whether the claims of an `idToken` and of `userInfo` are of the same user.
#[wasm_bindgen(js_name = checkSubject)]
pub fn check_subject(length: usize) -> Written {
    let mut arguments = arguments(length)?;
    let id_token = arguments.take_value("idToken").map_err(thrown)?;
    let user_info = arguments.take_value("userInfo").map_err(thrown)?;
    write(&core::check_subject(&id_token, &user_info).map_err(thrown)?)
}

/// How claims are suggested.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct SuggestOptions {
    /// The claim that is configured.
    claim: Option<ClaimOptions>,
}

/// What differs if `after` replaces `before`.
#[wasm_bindgen(js_name = diffMappings)]
pub fn diff_mappings(length: usize) -> Written {
    let mut arguments = arguments(length)?;
    let before = compile(&mut arguments, "before", Some("before"))?;
    let after = compile(&mut arguments, "after", Some("after"))?;
    write(&diff(&before, &after))
}
