//! Results as JSON text, in a buffer.
//!
//! Our own, as nothing can keep a result from being written: without the errors that a library has to allow for, all that is
//! derived for results is half as much code, and faster.

use std::convert::Infallible;
use std::fmt;

use serde::ser::{self, Impossible, Serialize, Serializer};

use super::reader::plain_length;

/// Writes a value behind what is in `text`.
pub fn write_json(text: &mut Vec<u8>, value: &(impl Serialize + ?Sized)) {
    let Ok(()) = value.serialize(&mut Writer { text });
}

/// A value as JSON text.
pub fn json_text(value: &(impl Serialize + ?Sized)) -> String {
    let mut text = Vec::new();
    write_json(&mut text, value);
    // All that is put in is whole.
    String::from_utf8(text).unwrap_or_default()
}

/// What keeps a result from being written: nothing does.
#[derive(Debug)]
pub(crate) struct Never(Infallible);

impl fmt::Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {}
    }
}

impl std::error::Error for Never {}

impl ser::Error for Never {
    fn custom<T: fmt::Display>(_: T) -> Self {
        unreachable!("no type of this crate refuses to be written")
    }
}

type Written = Result<(), Never>;

pub(crate) struct Writer<'t> {
    text: &'t mut Vec<u8>,
}

impl Writer<'_> {
    #[inline(never)]
    fn put(&mut self, text: &str) {
        self.text.extend_from_slice(text.as_bytes());
    }

    #[inline(never)]
    fn string(&mut self, text: &str) {
        self.text.push(b'"');
        let mut rest = text.as_bytes();
        loop {
            let (plain, odd) = rest.split_at(plain_length(rest));
            self.text.extend_from_slice(plain);
            let Some((byte, after)) = odd.split_first() else { break };
            rest = after;
            let letter = match byte {
                b'\x08' => b'b',
                b'\t' => b't',
                b'\n' => b'n',
                b'\x0C' => b'f',
                b'\r' => b'r',
                b'"' | b'\\' => *byte,
                control => {
                    let digit = char::from_digit((control & 15).into(), 16).unwrap_or('0');
                    self.put(if *control < 16 { "\\u000" } else { "\\u001" });
                    self.text.push(digit as u8);
                    continue;
                }
            };
            self.text.extend_from_slice(&[b'\\', letter]);
        }
        self.text.push(b'"');
    }

    #[inline(never)]
    fn number(&mut self, number: u64) {
        self.put(itoa::Buffer::new().format(number));
    }
}

impl<'w, 't> Serializer for &'w mut Writer<'t> {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Within<'w, 't>;
    type SerializeTuple = Within<'w, 't>;
    type SerializeTupleStruct = Impossible<(), Never>;
    type SerializeTupleVariant = Impossible<(), Never>;
    type SerializeMap = Within<'w, 't>;
    type SerializeStruct = Within<'w, 't>;
    type SerializeStructVariant = Within<'w, 't>;

    fn serialize_bool(self, value: bool) -> Written {
        self.put(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Written {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Written {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Written {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Written {
        self.put(if value < 0 { "-" } else { "" });
        self.serialize_u64(value.unsigned_abs())
    }

    fn serialize_u8(self, value: u8) -> Written {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Written {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Written {
        self.serialize_u64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Written {
        self.number(value);
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Written {
        self.serialize_f64(value.into())
    }

    /// By the fewest digits that are read as the same number. JSON has no other than finite ones.
    fn serialize_f64(self, value: f64) -> Written {
        match value.is_finite() {
            true => self.put(&value.to_string()),
            false => self.put("null"),
        }
        Ok(())
    }

    fn serialize_char(self, value: char) -> Written {
        self.string(value.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Written {
        self.string(value);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Written {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Written {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        self.put("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Written {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Written {
        let within = Within::variant(self, variant, "", "}");
        value.serialize(&mut *within.writer)?;
        within.end()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Within<'w, 't>, Never> {
        Ok(Within::new(self, "[", "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Within<'w, 't>, Never> {
        Ok(Within::new(self, "[", "]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Impossible<(), Never>, Never> {
        unreachable!("no field of a result is without a name")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Impossible<(), Never>, Never> {
        unreachable!("no field of a result is without a name")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Within<'w, 't>, Never> {
        Ok(Within::new(self, "{", "}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Within<'w, 't>, Never> {
        Ok(Within::new(self, "{", "}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Within<'w, 't>, Never> {
        Ok(Within::variant(self, variant, "{", "}}"))
    }
}

/// What is within an array or an object.
pub(crate) struct Within<'w, 't> {
    writer: &'w mut Writer<'t>,
    is_first: bool,
    end: &'static str,
}

impl<'w, 't> Within<'w, 't> {
    fn new(writer: &'w mut Writer<'t>, start: &str, end: &'static str) -> Self {
        writer.put(start);
        Within {
            writer,
            is_first: true,
            end,
        }
    }

    fn variant(writer: &'w mut Writer<'t>, variant: &str, start: &str, end: &'static str) -> Self {
        Within::new(writer, "{", "").field(variant);
        Within::new(writer, start, end)
    }

    #[inline(never)]
    fn next(&mut self) {
        if !std::mem::take(&mut self.is_first) {
            self.writer.text.push(b',');
        }
    }

    #[inline(never)]
    fn field(&mut self, name: &str) {
        self.next();
        self.writer.string(name);
        self.writer.text.push(b':');
    }

    fn item(&mut self, value: &(impl Serialize + ?Sized)) -> Written {
        self.next();
        value.serialize(&mut *self.writer)
    }

    #[inline(never)]
    fn end(self) -> Written {
        self.writer.put(self.end);
        Ok(())
    }
}

impl ser::SerializeSeq for Within<'_, '_> {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.item(value)
    }

    fn end(self) -> Written {
        self.end()
    }
}

impl ser::SerializeTuple for Within<'_, '_> {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.item(value)
    }

    fn end(self) -> Written {
        self.end()
    }
}

/// Every name is text.
impl ser::SerializeMap for Within<'_, '_> {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Written {
        self.item(name)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.writer.put(":");
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Written {
        self.end()
    }
}

impl ser::SerializeStruct for Within<'_, '_> {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Written {
        self.field(name);
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Written {
        self.end()
    }
}

impl ser::SerializeStructVariant for Within<'_, '_> {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Written {
        self.field(name);
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Written {
        self.end()
    }
}
