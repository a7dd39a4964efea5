//! Mapping text, claims, and two mappings compared.

use idp_group_sync::{self as core, Diagnostic, Entry, Mapping};
use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::compile;
use crate::error::thrown;
use crate::input;
use crate::json::to_js;

/// A mapping text that has been read.
#[derive(Serialize, Tsify)]
struct ParsedMapping<'m> {
    /// The entries that could be read, in text order.
    #[tsify(type = "Entry[]")]
    entries: &'m [Entry],
    /// What is wrong or doubtful about the text by itself, in text order.
    #[tsify(type = "Diagnostic[]")]
    diagnostics: &'m [Diagnostic],
}

/// The entries of a mapping text, and what is wrong with the rest of it.
#[wasm_bindgen(js_name = parseMapping, unchecked_return_type = "ParsedMapping")]
pub fn parse_mapping(#[wasm_bindgen(unchecked_param_type = "unknown")] text: &JsValue) -> Result<JsValue, JsValue> {
    let text = input::any_text(text).map_err(thrown)?;
    let mapping = Mapping::parse(text);
    let parsed = ParsedMapping {
        entries: mapping.entries(),
        diagnostics: mapping.diagnostics(),
    };
    to_js(&parsed)
}

/// The canonical form of a mapping text.
#[wasm_bindgen(js_name = formatMapping)]
pub fn format_mapping(
    #[wasm_bindgen(unchecked_param_type = "unknown")] text: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "unknown")] style: &JsValue,
) -> Result<String, JsValue> {
    let text = input::well_formed_text(text, "text").map_err(thrown)?;
    let style = input::format_style(style).map_err(thrown)?;
    let mapping = Mapping::parse(text);
    mapping.format(style).map_err(|error| thrown(error.within("text")))
}

/// A mapping text with entries added to it.
#[wasm_bindgen(js_name = addEntries, unchecked_return_type = "AddedEntries")]
pub fn add_entries(
    #[wasm_bindgen(unchecked_param_type = "unknown")] text: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "unknown")] entries: &JsValue,
) -> Result<JsValue, JsValue> {
    let text = input::any_text(text).map_err(thrown)?;
    let entries = input::new_entries(entries).map_err(thrown)?;
    let added = core::add_entries(&text, &entries).map_err(thrown)?;
    to_js(&added)
}

/// Two versions that were made of one mapping, merged.
#[wasm_bindgen(js_name = mergeMappings, unchecked_return_type = "MappingMerge")]
pub fn merge_mappings(
    #[wasm_bindgen(unchecked_param_type = "unknown")] base: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "unknown")] mine: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "unknown")] theirs: &JsValue,
) -> Result<JsValue, JsValue> {
    let read = |text: &JsValue, name: &str| input::well_formed_text(text, name).map(Mapping::parse).map_err(thrown);
    let (base, mine, theirs) = (read(base, "base")?, read(mine, "mine")?, read(theirs, "theirs")?);
    let merge = core::merge_mappings(&base, &mine, &theirs).map_err(thrown)?;
    to_js(&merge)
}

/// Everything that is wrong or doubtful about a mapping text for an application.
#[wasm_bindgen(js_name = checkMapping, unchecked_return_type = "Diagnostic[]")]
pub fn check_mapping(
    #[wasm_bindgen(unchecked_param_type = "unknown")] text: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "unknown")] catalog: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "unknown")] policy: &JsValue,
) -> Result<JsValue, JsValue> {
    let text = input::any_text(text).map_err(thrown)?;
    let catalog = input::catalog(catalog).map_err(thrown)?;
    let policy = input::policy(policy).map_err(thrown)?;
    let mapping = Mapping::parse(text);
    let diagnostics = core::check(&mapping, &catalog, &policy);
    to_js(&diagnostics)
}

/// The names that fit at an offset of a mapping text.
#[wasm_bindgen(js_name = completeMapping, unchecked_return_type = "Completion[]")]
pub fn complete_mapping(
    #[wasm_bindgen(unchecked_param_type = "unknown")] text: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "unknown")] offset: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "unknown")] catalog: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "unknown", js_name = idpGroups)] idp_groups: &JsValue,
) -> Result<JsValue, JsValue> {
    let text = input::any_text(text).map_err(thrown)?;
    let offset = input::offset(offset).map_err(thrown)?;
    let catalog = input::catalog(catalog).map_err(thrown)?;
    let idp_groups = input::idp_groups(idp_groups).map_err(thrown)?;
    let completions = core::complete(&text, core::byte_of_utf16(&text, offset), &catalog, &idp_groups);
    to_js(&completions)
}

/// The IdP groups in the claims of a token.
#[wasm_bindgen(js_name = readGroups, unchecked_return_type = "ClaimGroups")]
pub fn read_groups(
    #[wasm_bindgen(unchecked_param_type = "unknown")] claims: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "unknown")] claim: &JsValue,
) -> Result<JsValue, JsValue> {
    let claim = input::claim_options(claim).map_err(thrown)?;
    let claims = input::claims(claims).map_err(thrown)?;
    let groups = core::read_groups(&claims, &claim).map_err(thrown)?;
    to_js(&groups)
}

/// Claims of these tokens that may hold the users' groups.
#[wasm_bindgen(js_name = suggestClaims, unchecked_return_type = "ClaimSuggestions")]
pub fn suggest_claims(
    #[wasm_bindgen(unchecked_param_type = "unknown")] tokens: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "unknown")] options: &JsValue,
) -> Result<JsValue, JsValue> {
    let tokens = input::tokens(tokens).map_err(thrown)?;
    let options = input::suggest_options(options).map_err(thrown)?;
    let found = core::suggest_claims(&tokens, options.claim.as_ref()).map_err(thrown)?;
    to_js(&found)
}

/// What differs if `after` replaces `before`.
#[wasm_bindgen(js_name = diffMappings, unchecked_return_type = "MappingDiff")]
pub fn diff_mappings(
    #[wasm_bindgen(unchecked_param_type = "unknown")] before: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "unknown")] after: &JsValue,
) -> Result<JsValue, JsValue> {
    let before = compile(before, Some("before"))?;
    let after = compile(after, Some("after"))?;
    to_js(&core::internal::diff(&before, &after))
}
