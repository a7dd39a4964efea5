//! How JavaScript values are read: as `JSON.stringify` would write them, but each property once; and what JSON would leave out
//! or misrepresent (a function, a `Map`, a cycle) is refused with its place rather than passed over in silence.
//!
//! Getters, proxies and `toJSON` run foreign code. What they throw is caught here and becomes `invalid-input`.

use std::collections::BTreeMap;

use js_sys::{Array, Function, Object, Reflect, Set, Symbol, Uint8Array};
use wasm_bindgen::prelude::*;

use idp_group_sync::ClaimValue;
use idp_group_sync::GroupSyncError;

/// How deep arrays and objects may be nested.
const MAX_DEPTH: usize = 128;
/// How many values one argument may hold, and how many bytes of text. Shared values and sparse arrays make an argument far
/// bigger to read than it is in JavaScript; this bounds what they can take here.
const MAX_VALUES: usize = 1_000_000;
const MAX_TEXT_BYTES: usize = 256 * 1024 * 1024;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Array, js_name = isArray, catch)]
    fn is_array(value: &JsValue) -> Result<bool, JsValue>;

    #[wasm_bindgen(js_namespace = Object, js_name = keys, catch)]
    fn own_enumerable_keys(object: &JsValue) -> Result<Array, JsValue>;

    #[wasm_bindgen(js_namespace = Reflect, js_name = getPrototypeOf, catch)]
    fn prototype_of(object: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_name = Object)]
    fn boxed(primitive: &JsValue) -> JsValue;

    #[wasm_bindgen(thread_local_v2, js_namespace = Object, js_name = prototype)]
    static OBJECT_PROTOTYPE: JsValue;

    #[wasm_bindgen(thread_local_v2, js_namespace = ["Object", "prototype"], js_name = toString)]
    static OBJECT_TO_STRING: Function;

    #[wasm_bindgen(thread_local_v2, js_name = Uint8Array)]
    static UINT8_ARRAY: Function;
}

thread_local! {
    /// The getter by which a typed array tells its class, whatever its own properties say.
    static TYPED_ARRAY_CLASS: Function = {
        let prototype = Object::get_prototype_of(&Object::get_prototype_of(&Uint8Array::new_with_length(0)));
        let tag = Reflect::get_own_property_descriptor(&prototype, &Symbol::to_string_tag());
        let getter = tag.and_then(|tag| Reflect::get(&tag, &JsValue::from_str("get")));
        getter.unwrap_or_default().unchecked_into()
    };
    static TO_JSON: JsValue = JsValue::from_str("toJSON");
    static LENGTH: JsValue = JsValue::from_str("length");
}

/// What to do with a string that is not well-formed, that is, has a lone surrogate.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum IllFormed {
    /// Keep it as what it is: it names no group, and the core says so.
    Keep,
    /// Refuse it: as UTF-8 it would become the same as others.
    Refuse,
    /// Keep it in the properties called `claims`, and refuse it elsewhere.
    KeepInClaims,
}

/// Reads an argument whole. Paths of errors begin at the argument.
pub(super) fn read(value: &JsValue, ill_formed: IllFormed) -> Result<ClaimValue, GroupSyncError> {
    let mut reader = Reader {
        ill_formed,
        ancestors: Set::new(&JsValue::UNDEFINED),
        depth: 0,
        values: 0,
        text_bytes: 0,
    };
    Ok(reader.value(value, Key::Root)?.unwrap_or(ClaimValue::Null))
}

/// What a JavaScript value is, with its article, for a sentence.
pub(super) fn kind(value: &JsValue) -> &'static str {
    match value.js_typeof().as_string().as_deref() {
        Some("undefined") => "nothing",
        Some("boolean") => "a boolean",
        Some("number") => "a number",
        Some("string") => "a string",
        Some("bigint") => "a BigInt",
        Some("symbol") => "a symbol",
        Some("function") => "a function",
        _ if value.is_null() => "null",
        _ => "an object",
    }
}

/// Where a value stands in the one that holds it.
#[derive(Clone, Copy)]
enum Key<'k> {
    Root,
    Property(&'k JsValue),
    Index(u32),
}

impl Key<'_> {
    /// The argument that `JSON.stringify` would give to `toJSON`.
    fn to_js(self) -> JsValue {
        match self {
            Key::Root => JsValue::from_str(""),
            Key::Property(name) => name.clone(),
            Key::Index(index) => JsValue::from_str(&index.to_string()),
        }
    }
}

/// A value that was read; `None` for `undefined`, which JSON does not have.
type Read = Result<Option<ClaimValue>, GroupSyncError>;

struct Reader {
    ill_formed: IllFormed,
    /// The arrays and objects that hold the value that is being read.
    ancestors: Set,
    depth: usize,
    values: usize,
    text_bytes: usize,
}

impl Reader {
    fn value(&mut self, value: &JsValue, key: Key<'_>) -> Read {
        self.values += 1;
        if self.values > MAX_VALUES {
            return Err(too_many_values());
        }
        if let Some(text) = value.as_string() {
            return self.text(value, text).map(Some);
        }
        if !(value.is_object() || value.is_function() || value.is_bigint()) {
            return self.converted(value, None);
        }
        let to_json = TO_JSON.with(|name| {
            if value.is_bigint() {
                get(&boxed(value), name)
            } else {
                get(value, name)
            }
        })?;
        let Some(to_json) = to_json.dyn_ref::<Function>() else {
            return self.converted(value, Some(to_json));
        };
        if value.is_object() && is_bytes(&tag(value)?) {
            // Node's Buffer has a `toJSON`, and what it gives is no JSON that anyone means.
            return Err(refused(value));
        }
        let converted = Reflect::apply(to_json, value, &Array::of1(&key.to_js())).map_err(|thrown| threw(&thrown))?;
        self.converted(&converted, None)
    }

    /// Reads a value that has been through its `toJSON`. An own property of that name that is no function was read for it.
    fn converted(&mut self, value: &JsValue, to_json: Option<JsValue>) -> Read {
        if let Some(text) = value.as_string() {
            return self.text(value, text).map(Some);
        }
        Ok(Some(if value.is_object() {
            self.nested(value, to_json)?
        } else if let Some(number) = value.as_f64() {
            if number.is_finite() {
                ClaimValue::Number(number)
            } else {
                ClaimValue::Null
            }
        } else if let Some(flag) = value.as_bool() {
            ClaimValue::Bool(flag)
        } else if value.is_null() {
            ClaimValue::Null
        } else if value.is_undefined() {
            return Ok(None);
        } else {
            return Err(refused(value));
        }))
    }

    fn nested(&mut self, value: &JsValue, to_json: Option<JsValue>) -> Result<ClaimValue, GroupSyncError> {
        if self.ancestors.has(value) {
            let message = "expected plain JSON data, found an object that holds itself";
            return Err(GroupSyncError::invalid_input("", message));
        }
        if self.depth == MAX_DEPTH {
            let message = format!("arrays and objects may be nested {MAX_DEPTH} deep, and no deeper");
            return Err(GroupSyncError::too_large("", message));
        }
        self.depth += 1;
        self.ancestors.add(value);
        let read = if is_array(value).map_err(|thrown| threw(&thrown))? {
            self.list(value)?
        } else {
            self.object(value, to_json)?
        };
        self.ancestors.delete(value);
        self.depth -= 1;
        Ok(read)
    }

    fn list(&mut self, array: &JsValue) -> Result<ClaimValue, GroupSyncError> {
        let length = LENGTH.with(|name| get(array, name))?.as_f64().unwrap_or(0.0);
        if length > (MAX_VALUES - self.values) as f64 {
            return Err(too_many_values());
        }
        let mut items = Vec::new();
        for index in 0..length as u32 {
            let item = Reflect::get_u32(array, index)
                .map_err(|thrown| threw(&thrown))
                .and_then(|item| self.value(&item, Key::Index(index)))
                .map_err(|error| error.within(&format!("[{index}]")))?;
            items.push(item.unwrap_or(ClaimValue::Null));
        }
        Ok(ClaimValue::List(items))
    }

    fn object(&mut self, object: &JsValue, to_json: Option<JsValue>) -> Result<ClaimValue, GroupSyncError> {
        if !is_plain(object)? {
            return Err(refused(object));
        }
        let mut properties = BTreeMap::new();
        for key in own_enumerable_keys(object).map_err(|thrown| threw(&thrown))? {
            let name = key.as_string().unwrap_or_default();
            let outer = self.ill_formed;
            if outer == IllFormed::KeepInClaims && name == "claims" {
                self.ill_formed = IllFormed::Keep;
            }
            let read = match &to_json {
                Some(value) if name == "toJSON" => self.value(value, Key::Property(&key)),
                _ => get(object, &key).and_then(|value| self.value(&value, Key::Property(&key))),
            };
            let at = |error: GroupSyncError| error.within_property(&key.as_string().unwrap_or_default());
            let value = read.map_err(at)?;
            self.ill_formed = outer;
            // Nothing that is looked for has a name that is not well-formed.
            if let (ClaimValue::Text(name), Some(value)) = (self.text(&key, name).map_err(at)?, value) {
                properties.insert(name, value);
            }
        }
        Ok(ClaimValue::Object(properties))
    }

    /// `text` is what `value` holds, with U+FFFD where a surrogate is alone.
    fn text(&mut self, value: &JsValue, text: String) -> Result<ClaimValue, GroupSyncError> {
        self.text_bytes += text.len();
        if self.text_bytes > MAX_TEXT_BYTES {
            return Err(GroupSyncError::too_large(
                "",
                format!("all strings together may have {MAX_TEXT_BYTES} bytes, and no more"),
            ));
        }
        match (require_well_formed(value, &text), self.ill_formed) {
            (Ok(()), _) => Ok(ClaimValue::Text(text)),
            (Err(_), IllFormed::Keep) => Ok(ClaimValue::IllFormedText),
            (Err(error), _) => Err(error),
        }
    }
}

/// Fails if the string `value`, which was read as `text`, has a lone surrogate; U+FFFD stands in `text` for it.
pub(super) fn require_well_formed(value: &JsValue, text: &str) -> Result<(), GroupSyncError> {
    if !text.contains(char::REPLACEMENT_CHARACTER) || JsValue::from_str(text) == *value {
        return Ok(());
    }
    let message = "expected well-formed Unicode, found a string with a lone surrogate";
    Err(GroupSyncError::invalid_input("", message))
}

/// The bytes of a `Uint8Array`, and nothing of what a script may have put over its properties: no foreign code runs.
/// `None` if it is none.
pub(super) fn bytes(value: &JsValue) -> Option<Result<Vec<u8>, GroupSyncError>> {
    let class = TYPED_ARRAY_CLASS.with(|class| Reflect::apply(class, value, &Array::new()));
    if class.ok()?.as_string()? != "Uint8Array" {
        return None;
    }
    let copied = UINT8_ARRAY.with(|constructor| Reflect::construct(constructor, &Array::of1(value)));
    let detached = "expected bytes, found a Uint8Array whose buffer is detached";
    Some(match copied {
        Ok(copy) => Ok(copy.unchecked_into::<Uint8Array>().to_vec()),
        Err(_) => Err(GroupSyncError::invalid_input("", detached)),
    })
}

fn get(object: &JsValue, property: &JsValue) -> Result<JsValue, GroupSyncError> {
    Reflect::get(object, property).map_err(|thrown| threw(&thrown))
}

/// Whether an object is what its own properties say, as opposed to one that keeps its content elsewhere.
fn is_plain(object: &JsValue) -> Result<bool, GroupSyncError> {
    let prototype = prototype_of(object).map_err(|thrown| threw(&thrown))?;
    if prototype.is_null() || OBJECT_PROTOTYPE.with(|plain| *plain == prototype) {
        return Ok(true);
    }
    let tag = tag(object)?;
    Ok(!is_bytes(&tag) && !is_opaque(&tag))
}

/// The class of an object as `Object.prototype.toString` tells it, which holds for objects of other realms too.
fn tag(object: &JsValue) -> Result<String, GroupSyncError> {
    let text = OBJECT_TO_STRING
        .with(|to_string| Reflect::apply(to_string, object, &Array::new()))
        .map_err(|thrown| threw(&thrown))?
        .as_string()
        .unwrap_or_default();
    let tag = text.strip_prefix("[object ").and_then(|text| text.strip_suffix(']'));
    Ok(tag.unwrap_or_default().to_owned())
}

fn is_bytes(tag: &str) -> bool {
    tag == "DataView" || tag.ends_with("ArrayBuffer") || (tag.ends_with("Array") && tag != "Array")
}

fn is_opaque(tag: &str) -> bool {
    const OPAQUE: &[&str] = &[
        "Map", "Set", "WeakMap", "WeakSet", "WeakRef", "Promise", "RegExp", "String", "Number", "Boolean", "BigInt",
        "Symbol",
    ];
    OPAQUE.contains(&tag)
}

fn refused(value: &JsValue) -> GroupSyncError {
    let tag = if value.is_object() {
        tag(value).unwrap_or_default()
    } else {
        String::new()
    };
    let message = match tag.as_str() {
        "" => format!("expected plain JSON data, found {}", kind(value)),
        "Map" | "WeakMap" => format!("expected a plain object, found a {tag}"),
        "Set" | "WeakSet" => format!("expected a plain array, found a {tag}"),
        "Promise" => "expected a plain object, found a Promise that was not awaited".to_owned(),
        "String" | "Number" | "Boolean" | "BigInt" | "Symbol" => {
            format!("expected a primitive value, found a {tag} object")
        }
        _ => {
            let article = if tag.starts_with(['A', 'I']) { "an" } else { "a" };
            format!("expected plain JSON data, found {article} {tag}")
        }
    };
    GroupSyncError::invalid_input("", message)
}

fn threw(thrown: &JsValue) -> GroupSyncError {
    let reason = if thrown.is_object() {
        // What is thrown may have a getter that throws.
        let message = Reflect::get(thrown, &JsValue::from_str("message"));
        message.ok().and_then(|message| message.as_string())
    } else {
        thrown.as_string()
    };
    GroupSyncError::invalid_input(
        "",
        match reason {
            Some(reason) if !reason.is_empty() => format!("reading this value threw an error: {reason}"),
            _ => "reading this value threw an error".to_owned(),
        },
    )
}

fn too_many_values() -> GroupSyncError {
    GroupSyncError::too_large("", format!("an argument may hold {MAX_VALUES} values, and no more"))
}
