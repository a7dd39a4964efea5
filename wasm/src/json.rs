//! Results as JSON text (RFC 8259), which the runtime's own parser makes objects of: faster than making them one property at
//! a time. Writing cannot fail, and the compiler knows; so the code of all result types is a fraction of what it is with a
//! serializer that can.
//!
//! Here bytes become UTF-16: the core's `Span` and `TextEdit` are written as JavaScript counts, a span with its line and column.

use std::fmt::{self, Display};

use serde::Serialize;
use serde::ser::{self, Impossible, SerializeMap, SerializeSeq, SerializeStruct};
use wasm_bindgen::JsValue;

use idp_group_sync::LineIndex;

/// `value` as plain objects, arrays and primitives; its places are in the text of `lines`.
pub(super) fn to_js(value: &(impl Serialize + ?Sized), lines: &LineIndex<'_>) -> Result<JsValue, JsValue> {
    js_sys::JSON::parse(&text(value, lines))
}

/// `value`, which has no places, as plain objects, arrays and primitives.
pub(super) fn plain_to_js(value: &(impl Serialize + ?Sized)) -> Result<JsValue, JsValue> {
    to_js(value, &LineIndex::new(""))
}

/// `value` as JSON text; its places are in the text of `lines`.
fn text(value: &(impl Serialize + ?Sized), lines: &LineIndex<'_>) -> String {
    let mut writer = Writer {
        text: String::new(),
        lines,
        reads: Reads::Plain,
        offset: 0,
    };
    match value.serialize(Json(&mut writer)) {
        Ok(()) => writer.text,
        Err(never) => match never {},
    }
}

/// A part of a result whose places are in another text than those of the rest.
pub(super) struct Written(String);

impl Written {
    pub(super) fn new(value: &impl Serialize, lines: &LineIndex<'_>) -> Self {
        Written(text(value, lines))
    }
}

const WRITTEN: &str = "Written";

impl Serialize for Written {
    fn serialize<S: ser::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(WRITTEN, &self.0)
    }
}

/// What the next value is.
#[derive(Clone, Copy, PartialEq)]
enum Reads {
    Plain,
    /// A number of bytes in the text.
    Offset,
    /// A string that is JSON text already.
    Json,
}

struct Writer<'w> {
    text: String,
    lines: &'w LineIndex<'w>,
    reads: Reads,
    /// The last offset that was written, in bytes.
    offset: usize,
}

/// An error that does not happen.
#[derive(Debug)]
pub(super) enum Never {}

impl Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Never {}

impl ser::Error for Never {
    fn custom<T: Display>(_: T) -> Self {
        unwritten()
    }
}

/// What no result holds: it ends the call, as a panic would.
fn unwritten() -> ! {
    std::process::abort()
}

type Done = Result<(), Never>;

struct Json<'j, 'w>(&'j mut Writer<'w>);

impl Json<'_, '_> {
    fn string(&mut self, value: &str) {
        let text = &mut self.0.text;
        text.push('"');
        for character in value.chars() {
            match character {
                '"' | '\\' => text.extend(['\\', character]),
                '\0'..'\x20' => {
                    let digits = b"0123456789abcdef";
                    let digit = |place: u32| digits.get(place as usize & 15).copied().map_or('0', char::from);
                    let code = u32::from(character);
                    text.push_str("\\u00");
                    text.extend([digit(code >> 4), digit(code)]);
                }
                _ => text.push(character),
            }
        }
        text.push('"');
    }

    fn number(&mut self, value: usize) {
        self.0.text.push_str(&value.to_string());
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Array,
    Object,
    Edit,
    /// With the offset where it starts.
    Span(usize),
}

/// The members of an array or object that is being written.
struct Members<'j, 'w> {
    writer: &'j mut Writer<'w>,
    kind: Kind,
    is_first: bool,
}

impl<'j, 'w> Members<'j, 'w> {
    fn new(writer: &'j mut Writer<'w>, kind: Kind) -> Self {
        writer.text.push(if kind == Kind::Array { '[' } else { '{' });
        Members {
            writer,
            kind,
            is_first: true,
        }
    }

    /// Where the next one goes.
    fn next(&mut self) -> Json<'_, 'w> {
        if !self.is_first {
            self.writer.text.push(',');
        }
        self.is_first = false;
        Json(self.writer)
    }

    fn name(&mut self, name: &str) -> Json<'_, 'w> {
        self.next().string(name);
        self.writer.text.push(':');
        Json(self.writer)
    }

    /// What the field of this name is.
    fn field(&mut self, name: &str) -> Json<'_, 'w> {
        let is_place = matches!(self.kind, Kind::Span(_) | Kind::Edit);
        if is_place && name != "text" {
            self.writer.reads = Reads::Offset;
        }
        self.name(name)
    }

    fn close(mut self) {
        if let Kind::Span(start) = self.kind {
            let position = self.writer.lines.position(start);
            self.name("line").number(position.line);
            self.name("column").number(position.column);
        }
        let end = if self.kind == Kind::Array { ']' } else { '}' };
        self.writer.text.push(end);
    }
}

impl<'j, 'w> ser::Serializer for Json<'j, 'w> {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Members<'j, 'w>;
    type SerializeTuple = Impossible<(), Never>;
    type SerializeTupleStruct = Impossible<(), Never>;
    type SerializeTupleVariant = Impossible<(), Never>;
    type SerializeMap = Members<'j, 'w>;
    type SerializeStruct = Members<'j, 'w>;
    type SerializeStructVariant = Impossible<(), Never>;

    fn serialize_bool(self, value: bool) -> Done {
        self.0.text.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_u64(mut self, value: u64) -> Done {
        if std::mem::replace(&mut self.0.reads, Reads::Plain) == Reads::Offset {
            self.0.offset = value as usize;
            self.number(self.0.lines.position(value as usize).utf16);
        } else {
            self.0.text.push_str(&value.to_string());
        }
        Ok(())
    }

    fn serialize_str(mut self, value: &str) -> Done {
        if std::mem::replace(&mut self.0.reads, Reads::Plain) == Reads::Json {
            self.0.text.push_str(value);
        } else {
            self.string(value);
        }
        Ok(())
    }

    fn serialize_unit(self) -> Done {
        self.0.text.push_str("null");
        Ok(())
    }

    fn serialize_none(self) -> Done {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Done {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Done {
        if name == WRITTEN {
            self.0.reads = Reads::Json;
        }
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Members<'j, 'w>, Never> {
        Ok(Members::new(self.0, Kind::Array))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members<'j, 'w>, Never> {
        Ok(Members::new(self.0, Kind::Object))
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Members<'j, 'w>, Never> {
        let kind = match name {
            "Span" => Kind::Span(0),
            "TextEdit" => Kind::Edit,
            _ => Kind::Object,
        };
        Ok(Members::new(self.0, kind))
    }

    // No result has any of these.

    fn serialize_i8(self, _: i8) -> Done {
        unwritten()
    }

    fn serialize_i16(self, _: i16) -> Done {
        unwritten()
    }

    fn serialize_i32(self, _: i32) -> Done {
        unwritten()
    }

    fn serialize_i64(self, _: i64) -> Done {
        unwritten()
    }

    fn serialize_u8(self, _: u8) -> Done {
        unwritten()
    }

    fn serialize_u16(self, _: u16) -> Done {
        unwritten()
    }

    fn serialize_u32(self, _: u32) -> Done {
        unwritten()
    }

    fn serialize_f32(self, _: f32) -> Done {
        unwritten()
    }

    fn serialize_f64(self, _: f64) -> Done {
        unwritten()
    }

    fn serialize_char(self, _: char) -> Done {
        unwritten()
    }

    fn serialize_bytes(self, _: &[u8]) -> Done {
        unwritten()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Done {
        unwritten()
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(self, _: &'static str, _: u32, _: &'static str, _: &T) -> Done {
        unwritten()
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Never> {
        unwritten()
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Never> {
        unwritten()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Never> {
        unwritten()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Never> {
        unwritten()
    }
}

impl SerializeSeq for Members<'_, '_> {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        value.serialize(self.next())
    }

    fn end(self) -> Done {
        self.close();
        Ok(())
    }
}

impl SerializeStruct for Members<'_, '_> {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Done {
        value.serialize(self.field(name))?;
        if name == "start" && matches!(self.kind, Kind::Span(_)) {
            self.kind = Kind::Span(self.writer.offset);
        }
        Ok(())
    }

    fn end(self) -> Done {
        self.close();
        Ok(())
    }
}

impl SerializeMap for Members<'_, '_> {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Done {
        key.serialize(self.next())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        self.writer.text.push(':');
        value.serialize(Json(self.writer))
    }

    fn end(self) -> Done {
        self.close();
        Ok(())
    }
}
