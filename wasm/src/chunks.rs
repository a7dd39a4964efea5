//! Text that comes in chunks, split anywhere: strings, or bytes of UTF-8.

use js_sys::JsString;
use wasm_bindgen::prelude::*;

use super::read;
use idp_group_sync::GroupSyncError;

/// Stands for a lone surrogate: it makes the line unreadable, where U+FFFD would make one name of different ones.
const NOT_UTF_8: u8 = 0xFF;

/// What is left over between two chunks.
#[derive(Default)]
pub(super) struct Chunks {
    /// The first half of a surrogate pair whose second half is to come with the next chunk.
    high_surrogate: Option<u16>,
}

impl Chunks {
    /// The bytes of the next chunk.
    pub(super) fn bytes(&mut self, chunk: &JsValue) -> Result<Vec<u8>, GroupSyncError> {
        if let Some(text) = chunk.dyn_ref::<JsString>() {
            return Ok(self.of_text(text));
        }
        let Some(bytes) = read::bytes(chunk) else {
            let message = format!("expected a string or a Uint8Array, found {}", read::kind(chunk));
            return Err(GroupSyncError::invalid_input("chunk", message));
        };
        let bytes = bytes.map_err(|error| error.within("chunk"))?;
        if bytes.is_empty() {
            return Ok(bytes);
        }
        let mut all = self.end();
        all.extend(bytes);
        Ok(all)
    }

    /// What is left when nothing more comes, or nothing that a pair could end with.
    pub(super) fn end(&mut self) -> Vec<u8> {
        self.high_surrogate.take().map(|_| NOT_UTF_8).into_iter().collect()
    }

    /// A chunk of text as UTF-8, with the half of a character that was left of the one before it.
    fn of_text(&mut self, text: &JsString) -> Vec<u8> {
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
}
