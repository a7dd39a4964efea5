//! A user's line that is as it should be, read in one go: names are borrowed from the line, and claims that nothing asks for are
//! passed over.
//!
//! Nothing here says what is wrong with a line. Whatever is odd about one makes it `None`, and [`json_line`](crate::json_line)
//! then reads it, or says why it can't be read; what is read here, it would read the same.

use std::borrow::Cow;

use crate::claims::{ClaimItem, ClaimOptions, MAX_GROUPS, looks_encoded};
use crate::names::excess_length;
use crate::plan::GrantedBy;
use crate::value::{FIELDS, ITEMS, MAX_DEPTH, Reader, Token};

/// A text of a line; it is copied only where it is written with escapes.
type Text<'l> = Cow<'l, str>;

/// A user, as a line has it.
pub(crate) struct UserLine<'l> {
    pub(crate) id: Text<'l>,
    /// The names of the IdP groups, none of them empty or too long, perhaps repeated; `None` if the claims lack the claim.
    pub(crate) names: Option<Vec<Text<'l>>>,
    pub(crate) membership: MembershipLine<'l>,
    /// The guards have no seats.
    pub(crate) last_admin: Option<bool>,
}

/// What a user has, as a line has it.
#[derive(Default)]
pub(crate) struct MembershipLine<'l> {
    pub(crate) role: Option<Text<'l>>,
    pub(crate) role_granted_by: Option<GrantedBy>,
    pub(crate) groups: Vec<MemberGroupLine<'l>>,
}

/// A group that a user is in, as a line has it.
pub(crate) struct MemberGroupLine<'l> {
    pub(crate) name: Text<'l>,
    pub(crate) granted_by: Option<GrantedBy>,
}

/// The user on a line, with the groups of this claim.
pub(crate) fn read<'l>(line: &'l [u8], claim: &ClaimOptions) -> Option<UserLine<'l>> {
    let mut reader = Reader::new(std::str::from_utf8(line).ok()?);
    let user = user(&mut reader, claim)?;
    reader.end().ok()?;
    (!reader.has_half).then_some(user)
}

fn user<'l>(reader: &mut Reader<'l>, claim: &ClaimOptions) -> Option<UserLine<'l>> {
    let (mut id, mut names, mut membership, mut last_admin) = (None, None, None, None);
    object(reader, &mut |reader, field| {
        match field {
            "id" => once(&mut id, text(reader)?),
            "claims" => {
                let (rest, source) = claim.plain_source()?;
                // A JSON Pointer leads through arrays too, and a star to many places.
                let is_plain = !rest.starts_with('/') && !rest.contains('*');
                let found = is_plain.then(|| claims(reader, &source.item, rest, 1))?;
                once(&mut names, found?)
            }
            "groups" => once(&mut names, Some(idp_groups(reader, &ClaimItem::Text)?)),
            "membership" => once(&mut membership, self::membership(reader)?),
            "guards" => once(&mut last_admin, guards(reader)?),
            _ => None,
        }
    })?
    .then_some(())?;
    Some(UserLine {
        id: id?,
        names: names?,
        membership: membership.unwrap_or_default(),
        last_admin: last_admin.flatten(),
    })
}

/// Reads the claims, or the object in them in which the claim is called `rest`, which is so `deep` in the line.
fn claims<'l>(reader: &mut Reader<'l>, item: &ClaimItem, rest: &str, deep: usize) -> Option<Option<Vec<Text<'l>>>> {
    let mut found = None;
    let is_object = object(reader, &mut |reader, name| {
        let after = rest.strip_prefix(name);
        match after.map(|after| after.strip_prefix('.').ok_or(after)) {
            // Of properties of one name the last counts, and of two that may lead to the claim, the one of the longer name.
            Some(Ok(rest)) => once(&mut found, claims(reader, item, rest, deep + 1)?),
            Some(Err("")) => once(&mut found, Some(idp_groups(reader, item)?)),
            // The claim may be elsewhere.
            _ if name == "_claim_names" || name == "hasgroups" || name.ends_with(".link") => None,
            _ => (deep + reader.skip().ok()? <= MAX_DEPTH).then_some(()),
        }
    });
    (is_object? && deep <= MAX_DEPTH).then_some(found.flatten())
}

/// Reads a list of the names of IdP groups.
fn idp_groups<'l>(reader: &mut Reader<'l>, item: &ClaimItem) -> Option<Vec<Text<'l>>> {
    let mut names = Vec::with_capacity(32);
    let mut count = 0;
    list(reader, &mut |reader| {
        count += 1;
        let name = text(reader)?;
        if looks_encoded(&name) {
            return None;
        }
        let name = match (item, name) {
            (ClaimItem::Text, name) => name,
            (ClaimItem::LastPathSegment, name) if name.ends_with('/') => return None,
            (ClaimItem::LastPathSegment, Cow::Borrowed(path)) => last_segment(path).into(),
            (ClaimItem::LastPathSegment, Cow::Owned(path)) => last_segment(&path).to_owned().into(),
            _ => return None,
        };
        if count > MAX_GROUPS || excess_length(&name).is_some() {
            return None;
        }
        if !name.is_empty() {
            names.push(name);
        }
        Some(())
    })?;
    Some(names)
}

fn last_segment(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn membership<'l>(reader: &mut Reader<'l>) -> Option<MembershipLine<'l>> {
    let (mut role, mut role_granted_by, mut groups) = (None, None, None);
    let is_given = object(reader, &mut |reader, field| match field {
        "role" => once(&mut role, text_or_null(reader)?),
        "roleGrantedBy" => once(&mut role_granted_by, granted_by(reader)?),
        "groups" => {
            let mut read = Vec::new();
            list(reader, &mut |reader| {
                read.push(member_group(reader)?);
                Some(())
            })?;
            once(&mut groups, read)
        }
        _ => None,
    })?;
    if !is_given {
        return Some(MembershipLine::default());
    }
    Some(MembershipLine {
        role: role.flatten(),
        role_granted_by: role_granted_by.flatten(),
        groups: groups?,
    })
}

fn member_group<'l>(reader: &mut Reader<'l>) -> Option<MemberGroupLine<'l>> {
    let (mut name, mut granted_by) = (None, None);
    let is_given = object(reader, &mut |reader, field| match field {
        "name" => once(&mut name, text(reader)?),
        "grantedBy" => once(&mut granted_by, self::granted_by(reader)?),
        _ => None,
    });
    let (name, granted_by) = (is_given?.then_some(name)??, granted_by.flatten());
    Some(MemberGroupLine { name, granted_by })
}

fn granted_by(reader: &mut Reader<'_>) -> Option<Option<GrantedBy>> {
    match text_or_null(reader)?.as_deref() {
        None => Some(None),
        Some("sync") => Some(Some(GrantedBy::Sync)),
        Some("manual") => Some(Some(GrantedBy::Manual)),
        Some(_) => None,
    }
}

fn guards(reader: &mut Reader<'_>) -> Option<Option<bool>> {
    let mut last_admin = None;
    object(reader, &mut |reader, field| match (field, reader.next().ok()?) {
        ("lastAdmin", Token::Bool(flag)) => once(&mut last_admin, Some(flag)),
        ("lastAdmin", Token::Null) => once(&mut last_admin, None),
        _ => None,
    })?;
    Some(last_admin.flatten())
}

/// Reads an object, each field by the name that is given; `false` if it is `null`.
fn object<'l>(reader: &mut Reader<'l>, each: &mut dyn FnMut(&mut Reader<'l>, &str) -> Option<()>) -> Option<bool> {
    let mut rest = FIELDS;
    match reader.next().ok()? {
        Token::Object => {}
        Token::Null => return Some(false),
        _ => return None,
    }
    while reader.goes_on(&mut rest).ok()? {
        let name = reader.name().ok().filter(|name| name.is_well_formed)?;
        each(reader, &name.text)?;
    }
    Some(true)
}

/// Reads an array.
fn list<'l>(reader: &mut Reader<'l>, each: &mut dyn FnMut(&mut Reader<'l>) -> Option<()>) -> Option<()> {
    let mut rest = ITEMS;
    matches!(reader.next(), Ok(Token::List)).then_some(())?;
    while reader.goes_on(&mut rest).ok()? {
        each(reader)?;
    }
    Some(())
}

fn text<'l>(reader: &mut Reader<'l>) -> Option<Text<'l>> {
    text_or_null(reader)?
}

fn text_or_null<'l>(reader: &mut Reader<'l>) -> Option<Option<Text<'l>>> {
    match reader.next().ok()? {
        Token::Text(text) if text.is_well_formed => Some(Some(text.text)),
        Token::Null => Some(None),
        _ => None,
    }
}

/// Keeps what has been read, unless there is such already.
fn once<T>(kept: &mut Option<T>, read: T) -> Option<()> {
    kept.is_none().then(|| *kept = Some(read))
}
