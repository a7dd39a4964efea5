//! What a change would do to known users, read as they come.

use js_sys::JsString;
use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::compile;
use crate::error::GroupSyncError;
use crate::impact::{self, ImpactChange, ImpactSummary};
use crate::wasm::error::thrown;
use crate::wasm::json::plain_to_js;
use crate::wasm::read;

/// What the end of the input comes to.
#[derive(Serialize, Tsify)]
struct ImpactEnd {
    /// The user of the last line, if it had no line break and the user's outcome differs.
    changes: Vec<ImpactChange>,
    /// The totals.
    summary: ImpactSummary,
}

/// Who would gain or lose what if one configuration replaced another.
#[wasm_bindgen]
pub struct Impact {
    impact: impact::Impact,
    /// The first half of a surrogate pair whose second half is to come with the next chunk.
    high_surrogate: Option<u16>,
}

#[wasm_bindgen]
impl Impact {
    /// Compiles both configurations.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "unknown")] before: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "unknown")] after: &JsValue,
    ) -> Result<Impact, JsValue> {
        let before = compile(before, Some("before"))?;
        let after = compile(after, Some("after"))?;
        let impact = impact::Impact::of(before, after);
        Ok(Impact {
            impact,
            high_surrogate: None,
        })
    }

    /// Reads on, and returns the users whose access would differ.
    #[wasm_bindgen(unchecked_return_type = "ImpactChange[]")]
    pub fn push(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "unknown")] chunk: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let changes = if let Some(text) = chunk.dyn_ref::<JsString>() {
            let bytes = self.bytes(text);
            self.impact.push(&bytes)
        } else if let Some(bytes) = read::bytes(chunk) {
            let bytes = bytes.map_err(|error| thrown(error.within("chunk")))?;
            if !bytes.is_empty() {
                self.end_text();
            }
            self.impact.push(&bytes)
        } else {
            let message = format!("expected a string or a Uint8Array, found {}", read::kind(chunk));
            return Err(thrown(GroupSyncError::invalid_input("chunk", message)));
        };
        plain_to_js(&changes)
    }

    /// Ends the input, and returns what the last line comes to, and the totals.
    #[wasm_bindgen(unchecked_return_type = "ImpactEnd")]
    pub fn finish(mut self) -> Result<JsValue, JsValue> {
        self.end_text();
        let (changes, summary) = self.impact.finish();
        plain_to_js(&ImpactEnd { changes, summary })
    }

    /// A chunk of text as UTF-8, with the half of a character that was left of the one before it.
    fn bytes(&mut self, text: &JsString) -> Vec<u8> {
        let well_formed = String::from(text);
        let is_whole = self.high_surrogate.is_none() && !well_formed.contains(char::REPLACEMENT_CHARACTER);
        if is_whole {
            return well_formed.into_bytes();
        }
        let mut units: Vec<u16> = self.high_surrogate.take().into_iter().chain(text.iter()).collect();
        self.high_surrogate = units.pop_if(|last| (0xD800..0xDC00).contains(last));
        let mut bytes = Vec::with_capacity(units.len());
        for character in char::decode_utf16(units) {
            match character {
                Ok(character) => bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
                Err(_) => bytes.push(NOT_UTF_8),
            }
        }
        bytes
    }

    /// Gives up waiting for the second half of a surrogate pair.
    fn end_text(&mut self) {
        if self.high_surrogate.take().is_some() {
            self.impact.push(&[NOT_UTF_8]);
        }
    }
}

/// Stands for a lone surrogate: it makes the line unreadable, where U+FFFD would make one name of different ones.
const NOT_UTF_8: u8 = 0xFF;
