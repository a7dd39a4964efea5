//! A user's line that is as it should be, read in one go: names are borrowed from the line, and claims that nothing asks for are
//! passed over.
//!
//! Nothing here says what is wrong with a line. Whatever is odd about one makes it `None`, and [`json_line`](crate::json_line)
//! then reads it, or says why it can't be read; what is read here, it would read the same.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::claims::{ClaimItem, ClaimOptions, MAX_GROUPS};
use crate::names::excess_length;
use crate::plan::GrantedBy;

/// A text of a line; it is copied only where it is written with escapes.
#[derive(Debug, Deserialize, PartialEq)]
pub(crate) struct Text<'l>(#[serde(borrow)] pub(crate) Cow<'l, str>);

/// A user, as a line has it.
#[derive(Debug, PartialEq)]
pub(crate) struct UserLine<'l> {
    pub(crate) id: Text<'l>,
    /// The names of the IdP groups, none of them empty or too long, perhaps repeated; `None` if the claims lack the claim.
    pub(crate) names: Option<Vec<Text<'l>>>,
    pub(crate) membership: MembershipLine<'l>,
    /// The guards have no seats.
    pub(crate) last_admin: Option<bool>,
}

/// What a user has, as a line has it.
#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub(crate) struct MembershipLine<'l> {
    #[serde(borrow)]
    pub(crate) role: Option<Text<'l>>,
    #[serde(deserialize_with = "objects")]
    pub(crate) groups: Vec<MemberGroupLine<'l>>,
}

/// A group that a user is in, as a line has it.
#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct MemberGroupLine<'l> {
    #[serde(borrow)]
    pub(crate) name: Text<'l>,
    #[serde(default, deserialize_with = "word")]
    pub(crate) granted_by: Option<GrantedBy>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct GuardsLine {
    last_admin: Option<bool>,
}

/// An object as what it is to be. By itself derived code takes an array as well.
struct Object<T>(T);

impl<'l, T: Deserialize<'l>> Deserialize<'l> for Object<T> {
    fn deserialize<D: Deserializer<'l>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields<T>(PhantomData<T>);

        impl<'l, T: Deserialize<'l>> Visitor<'l> for Fields<T> {
            type Value = T;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'l>>(self, fields: A) -> Result<T, A::Error> {
                T::deserialize(MapAccessDeserializer::new(fields))
            }
        }

        deserializer.deserialize_map(Fields(PhantomData)).map(Object)
    }
}

fn objects<'l, D: Deserializer<'l>, T: Deserialize<'l>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let objects = Vec::<Object<T>>::deserialize(deserializer)?;
    Ok(objects.into_iter().map(|Object(object)| object).collect())
}

/// A choice between words. By itself derived code takes an object as well.
fn word<'l, D: Deserializer<'l>, T: Deserialize<'l>>(deserializer: D) -> Result<Option<T>, D::Error> {
    let word: Option<Text<'l>> = Deserialize::deserialize(deserializer)?;
    word.map(|Text(word)| T::deserialize(StrDeserializer::new(&word)))
        .transpose()
}

/// The user on a line, with the groups of this claim.
pub(crate) fn read<'l>(line: &'l [u8], claim: &ClaimOptions) -> Option<UserLine<'l>> {
    let mut deserializer = serde_json::Deserializer::from_str(std::str::from_utf8(line).ok()?);
    let user = deserializer.deserialize_map(UserVisitor { claim }).ok()?;
    deserializer.end().ok()?;
    Some(user)
}

/// What ends the reading of a line that something is odd about.
fn odd<E: Error>() -> E {
    E::custom("odd")
}

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Field {
    Id,
    Claims,
    Groups,
    Membership,
    Guards,
}

struct UserVisitor<'c> {
    claim: &'c ClaimOptions,
}

impl<'l> Visitor<'l> for UserVisitor<'_> {
    type Value = UserLine<'l>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a user")
    }

    fn visit_map<A: MapAccess<'l>>(self, mut fields: A) -> Result<Self::Value, A::Error> {
        let (mut id, mut names, mut membership, mut guards) = (None, None, None, None);
        while let Some(field) = fields.next_key()? {
            match field {
                Field::Id if id.is_none() => id = Some(fields.next_value()?),
                Field::Claims if names.is_none() => {
                    let (claim, rest) = (self.claim, self.claim.name.as_str());
                    // A JSON Pointer leads through arrays too.
                    if rest.starts_with('/') {
                        return Err(odd());
                    }
                    names = Some(fields.next_value_seed(ClaimsVisitor { claim, rest })?);
                }
                Field::Groups if names.is_none() => {
                    let item = &ClaimItem::Text;
                    names = Some(Some(fields.next_value_seed(NamesVisitor { item })?));
                }
                Field::Membership if membership.is_none() => {
                    membership = Some(fields.next_value::<Option<Object<_>>>()?)
                }
                Field::Guards if guards.is_none() => guards = Some(fields.next_value::<Option<Object<GuardsLine>>>()?),
                _ => return Err(odd()),
            }
        }
        let Object(membership) = membership.flatten().unwrap_or(Object(MembershipLine::default()));
        let Object(guards) = guards.flatten().unwrap_or(Object(GuardsLine::default()));
        Ok(UserLine {
            id: id.ok_or_else(odd)?,
            names: names.ok_or_else(odd)?,
            membership,
            last_admin: guards.last_admin,
        })
    }
}

/// Reads the claims, or the object in them in which the claim is called `rest`.
struct ClaimsVisitor<'c> {
    claim: &'c ClaimOptions,
    rest: &'c str,
}

impl<'l> DeserializeSeed<'l> for ClaimsVisitor<'_> {
    type Value = Option<Vec<Text<'l>>>;

    fn deserialize<D: Deserializer<'l>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'l> Visitor<'l> for ClaimsVisitor<'_> {
    type Value = Option<Vec<Text<'l>>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("claims")
    }

    fn visit_map<A: MapAccess<'l>>(self, mut properties: A) -> Result<Self::Value, A::Error> {
        let ClaimsVisitor { claim, rest } = self;
        let mut found = None;
        while let Some(Text(name)) = properties.next_key()? {
            let after = rest.strip_prefix(&*name);
            match after.map(|after| after.strip_prefix('.').ok_or(after)) {
                // Of properties of one name the last counts, and of two that may lead to the claim, the one of the longer name.
                Some(Ok(_) | Err("")) if found.is_some() => return Err(odd()),
                Some(Ok(rest)) => found = Some(properties.next_value_seed(ClaimsVisitor { claim, rest })?),
                Some(Err("")) => {
                    let item = &claim.item;
                    found = Some(Some(properties.next_value_seed(NamesVisitor { item })?));
                }
                // The claim may be elsewhere.
                _ if name == "_claim_names" || name == "hasgroups" => return Err(odd()),
                _ => _ = properties.next_value::<PassedOver>()?,
            }
        }
        Ok(found.flatten())
    }
}

/// Reads a list of the names of IdP groups.
struct NamesVisitor<'c> {
    item: &'c ClaimItem,
}

impl<'l> DeserializeSeed<'l> for NamesVisitor<'_> {
    type Value = Vec<Text<'l>>;

    fn deserialize<D: Deserializer<'l>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'l> Visitor<'l> for NamesVisitor<'_> {
    type Value = Vec<Text<'l>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("names")
    }

    fn visit_seq<A: SeqAccess<'l>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut names = Vec::with_capacity(32);
        let mut count = 0;
        while let Some(Text(name)) = items.next_element()? {
            count += 1;
            let name = match (self.item, name) {
                (ClaimItem::Text, name) => name,
                (ClaimItem::LastPathSegment, Cow::Borrowed(path)) => last_segment(path).into(),
                (ClaimItem::LastPathSegment, Cow::Owned(path)) => last_segment(&path).to_owned().into(),
                (ClaimItem::LdapCn | ClaimItem::Field { .. }, _) => return Err(odd()),
            };
            if count > MAX_GROUPS || excess_length(&name).is_some() {
                return Err(odd());
            }
            if !name.is_empty() {
                names.push(Text(name));
            }
        }
        Ok(names)
    }
}

fn last_segment(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A value that nothing depends on. Unlike [`IgnoredAny`] it may not be nested without end.
struct PassedOver;

impl<'l> Deserialize<'l> for PassedOver {
    fn deserialize<D: Deserializer<'l>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PassedOver)
    }
}

impl<'l> Visitor<'l> for PassedOver {
    type Value = PassedOver;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<PassedOver, E> {
        Ok(PassedOver)
    }

    fn visit_bool<E>(self, _: bool) -> Result<PassedOver, E> {
        Ok(PassedOver)
    }

    fn visit_i64<E>(self, _: i64) -> Result<PassedOver, E> {
        Ok(PassedOver)
    }

    fn visit_u64<E>(self, _: u64) -> Result<PassedOver, E> {
        Ok(PassedOver)
    }

    fn visit_f64<E>(self, _: f64) -> Result<PassedOver, E> {
        Ok(PassedOver)
    }

    fn visit_str<E>(self, _: &str) -> Result<PassedOver, E> {
        Ok(PassedOver)
    }

    fn visit_seq<A: SeqAccess<'l>>(self, mut items: A) -> Result<PassedOver, A::Error> {
        while items.next_element::<PassedOver>()?.is_some() {}
        Ok(PassedOver)
    }

    fn visit_map<A: MapAccess<'l>>(self, mut properties: A) -> Result<PassedOver, A::Error> {
        while properties.next_entry::<IgnoredAny, PassedOver>()?.is_some() {}
        Ok(PassedOver)
    }
}
