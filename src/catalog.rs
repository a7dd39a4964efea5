//! The application's side: which roles and custom groups there are to grant.

use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize, Serializer};

use crate::error::{Carried, GroupSyncError};
use crate::names::{Hashed, Places};

/// The roles of an application that names none, lowest first.
pub const DEFAULT_ROLES: [&str; 3] = ["end-user", "builder", "admin"];

/// A custom group of the application.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AppGroup {
    /// Its name, distinct among the groups; compared exactly.
    pub name: String,
    /// The role that its permissions need: its members have at least this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requires: Option<String>,
}

impl AppGroup {
    /// A group that needs no role above the default one.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        AppGroup {
            name: name.into(),
            requires: None,
        }
    }

    /// The same group, whose permissions need `role`.
    #[must_use]
    pub fn requiring(self, role: impl Into<String>) -> Self {
        AppGroup {
            requires: Some(role.into()),
            ..self
        }
    }
}

/// A role, by its rank: 0 is the lowest, the default one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RoleRank(pub(crate) usize);

/// A custom group, by its place in the catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct GroupIndex(pub(crate) usize);

/// What a name grants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Grantable {
    Role(RoleRank),
    Group(GroupIndex),
}

#[derive(Clone, Debug)]
struct Group {
    group: AppGroup,
    requires: Option<RoleRank>,
}

/// What can be granted in one workspace.
#[derive(Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct CatalogDocument {
    /// The roles, lowest first; `end-user`, `builder` and `admin` where this is absent.
    roles: Option<Vec<String>>,
    /// The custom groups.
    groups: Vec<AppGroup>,
}

/// What can be granted in one workspace: roles, lowest first, and custom groups.
///
/// ```
/// use idp_group_sync::{AppGroup, Catalog};
///
/// let groups = vec![AppGroup::new("sales"), AppGroup::new("engineers").requiring("builder")];
/// let catalog = Catalog::new(None, groups).unwrap();
/// assert_eq!(catalog.default_role(), "end-user");
///
/// let error = Catalog::new(None, vec![AppGroup::new("engineers").requiring("bulider")]).unwrap_err();
/// assert_eq!(error.path(), "groups[0].requires");
/// ```
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "CatalogDocument")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(with = "CatalogDocument"))]
pub struct Catalog {
    roles: Vec<String>,
    groups: Vec<Group>,
    /// Of the roles, which is their ranks.
    role_places: Places,
    /// Of the groups.
    group_places: Places,
}

/// The places follow from the roles and groups.
impl PartialEq for Catalog {
    fn eq(&self, other: &Catalog) -> bool {
        self.roles == other.roles && self.groups().eq(other.groups())
    }
}

impl Eq for Catalog {}

impl Hash for Catalog {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.roles.hash(state);
        self.groups().for_each(|group| group.hash(state));
    }
}

/// The default roles, and no groups.
impl Default for Catalog {
    fn default() -> Self {
        let role_at = |rank| DEFAULT_ROLES.get(rank).copied().unwrap_or("");
        Catalog {
            roles: DEFAULT_ROLES.map(str::to_owned).to_vec(),
            groups: Vec::new(),
            role_places: Places::of(DEFAULT_ROLES.len(), role_at),
            group_places: Places::default(),
        }
    }
}

impl Catalog {
    /// A catalog of these roles, lowest first ([`DEFAULT_ROLES`] if `None`), and these groups.
    ///
    /// # Errors
    /// `invalid-input` with the path of the first name that is empty or repeated, or of a `requires` that is no role.
    pub fn new(roles: Option<Vec<String>>, groups: Vec<AppGroup>) -> Result<Catalog, GroupSyncError> {
        let roles = roles.unwrap_or_else(|| DEFAULT_ROLES.map(str::to_owned).to_vec());
        if roles.is_empty() {
            return Err(GroupSyncError::invalid_input(
                "roles",
                "an application has at least one role",
            ));
        }
        let mut role_places = Places::default();
        let role_at = |rank| roles.get(rank).map_or("", String::as_str);
        for (rank, role) in roles.iter().enumerate() {
            let taken = !role_places.insert(role, rank, &role_at);
            require_name(role, taken, "role").map_err(|error| error.within(&format!("roles[{rank}]")))?;
        }
        let mut group_places = Places::default();
        let mut ranks = Vec::with_capacity(groups.len());
        let group_at = |place| groups.get(place).map_or("", |group: &AppGroup| group.name.as_str());
        for (index, group) in groups.iter().enumerate() {
            let taken = !group_places.insert(&group.name, index, &group_at);
            let path = |field: &str| format!("groups[{index}].{field}");
            require_name(&group.name, taken, "group").map_err(|error| error.within(&path("name")))?;
            let requires = match &group.requires {
                None => None,
                Some(role) => Some(RoleRank(
                    role_places
                        .find(role.as_str().into(), role_at)
                        .ok_or_else(|| not_a_role(role, &roles).within(&path("requires")))?,
                )),
            };
            ranks.push(requires);
        }
        let groups = groups.into_iter().zip(ranks);
        let groups = groups.map(|(group, requires)| Group { group, requires }).collect();
        Ok(Catalog {
            roles,
            groups,
            role_places,
            group_places,
        })
    }

    /// The roles, lowest first.
    #[must_use]
    pub fn roles(&self) -> &[String] {
        &self.roles
    }

    /// The lowest role, which a user has who is granted none.
    #[must_use]
    pub fn default_role(&self) -> &str {
        self.role(RoleRank(0))
    }

    /// The custom groups, in catalog order.
    pub fn groups(&self) -> impl ExactSizeIterator<Item = &AppGroup> {
        self.groups.iter().map(|group| &group.group)
    }

    /// Whether there is a role of exactly this name.
    #[must_use]
    pub fn is_role(&self, name: &str) -> bool {
        self.role_rank(name).is_some()
    }

    /// Whether there is a custom group of exactly this name.
    #[must_use]
    pub fn is_group(&self, name: &str) -> bool {
        self.group_index(name).is_some()
    }

    /// The rank of the role of exactly this name.
    pub(crate) fn role_rank<'n>(&self, name: impl Into<Hashed<'n>>) -> Option<RoleRank> {
        let rank = self.role_places.find(name.into(), |rank| self.role(RoleRank(rank)));
        rank.map(RoleRank)
    }

    /// The group of exactly this name, even if a role bears it too.
    pub(crate) fn group_index<'n>(&self, name: impl Into<Hashed<'n>>) -> Option<GroupIndex> {
        let place = self
            .group_places
            .find(name.into(), |place| self.group(GroupIndex(place)));
        place.map(GroupIndex)
    }

    /// How many roles and groups there are.
    pub(crate) fn targets(&self) -> usize {
        self.roles.len() + self.groups.len()
    }

    /// The number of a role or group: a rank, or the number of roles plus the place of a group.
    pub(crate) fn target_number(&self, what: Grantable) -> usize {
        match what {
            Grantable::Role(rank) => rank.0,
            Grantable::Group(group) => self.roles.len() + group.0,
        }
    }

    /// The role or group of a number.
    pub(crate) fn target_of(&self, number: usize) -> Grantable {
        match number.checked_sub(self.roles.len()) {
            None => Grantable::Role(RoleRank(number)),
            Some(place) => Grantable::Group(GroupIndex(place)),
        }
    }

    /// The name of the role or group of a number.
    pub(crate) fn target_name(&self, number: usize) -> &str {
        match self.target_of(number) {
            Grantable::Role(rank) => self.role(rank),
            Grantable::Group(group) => self.group(group),
        }
    }

    pub(crate) fn top_role(&self) -> RoleRank {
        RoleRank(self.roles.len() - 1)
    }

    pub(crate) fn role(&self, rank: RoleRank) -> &str {
        self.roles.get(rank.0).map_or("", String::as_str)
    }

    pub(crate) fn group(&self, index: GroupIndex) -> &str {
        self.groups.get(index.0).map_or("", |group| group.group.name.as_str())
    }

    pub(crate) fn required_by(&self, index: GroupIndex) -> Option<RoleRank> {
        self.groups.get(index.0).and_then(|group| group.requires)
    }

    /// The role or group of exactly this name; where both bear it, the role.
    pub(crate) fn named<'n>(&self, name: impl Into<Hashed<'n>>) -> Option<Grantable> {
        let name = name.into();
        match self.role_rank(name) {
            Some(rank) => Some(Grantable::Role(rank)),
            None => self.group_index(name).map(Grantable::Group),
        }
    }

    /// The group of exactly this name, unless a role bears it too.
    pub(crate) fn group_named(&self, name: &str) -> Option<GroupIndex> {
        match self.named(name)? {
            Grantable::Group(index) => Some(index),
            Grantable::Role(_) => None,
        }
    }

    /// What a target of a mapping means: the role or group of exactly this name, else the role of this name but for ASCII case.
    pub(crate) fn target(&self, name: &str) -> Option<Grantable> {
        self.named(name).or_else(|| {
            let rank = self.roles.iter().position(|role| role.eq_ignore_ascii_case(name))?;
            Some(Grantable::Role(RoleRank(rank)))
        })
    }
}

/// What is wrong with a name that is to be a role, and is none.
pub(crate) fn not_a_role(name: &str, roles: &[String]) -> GroupSyncError {
    let message = format!("`{name}` is not a role; the roles are `{}`", roles.join("`, `"));
    GroupSyncError::invalid_input("", message)
}

fn require_name(name: &str, taken: bool, kind: &str) -> Result<(), GroupSyncError> {
    if name.is_empty() {
        Err(GroupSyncError::invalid_input("", format!("a {kind}'s name is empty")))
    } else if taken {
        Err(GroupSyncError::invalid_input(
            "",
            format!("there is another {kind} named `{name}`"),
        ))
    } else {
        Ok(())
    }
}

impl Serialize for Catalog {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        CatalogDocument::from(self).serialize(serializer)
    }
}

impl From<&Catalog> for CatalogDocument {
    fn from(catalog: &Catalog) -> Self {
        CatalogDocument {
            roles: Some(catalog.roles.clone()),
            groups: catalog.groups().cloned().collect(),
        }
    }
}

impl TryFrom<CatalogDocument> for Catalog {
    type Error = Carried;

    fn try_from(CatalogDocument { roles, groups }: CatalogDocument) -> Result<Self, Carried> {
        Catalog::new(roles, groups).map_err(Carried)
    }
}
