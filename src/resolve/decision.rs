//! What is granted, weighed against what a user has: the role and the groups, before they are put in words.

use fixedbitset::FixedBitSet;

use super::numbered::{NumberedReason, number};
use crate::catalog::{Catalog, Grantable, GroupIndex, RoleRank};
use crate::diagnostic::{Diagnostic, DiagnosticCode, shown};

/// What a user has already in the workspace, as far as it weighs in the role.
#[derive(Clone, Debug, Default)]
pub(crate) struct Standing {
    /// `None` for a new member.
    pub(crate) role: Option<RoleRank>,
    /// When the role does not sink.
    pub(crate) role_stays: RoleStays,
    /// The present groups that stay even if they are not granted, by their places in the catalog.
    pub(crate) staying: FixedBitSet,
}

/// When a present role does not sink.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum RoleStays {
    #[default]
    Never,
    /// Where no IdP group grants a role.
    WithoutRoleGroup,
    Always,
}

/// What the IdP groups grant, and what stays besides.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Decision {
    /// The roles that IdP groups grant, by their ranks.
    roles: FixedBitSet,
    /// The groups that IdP groups grant, by their places in the catalog.
    groups: FixedBitSet,
    /// Those, and the present groups that stay.
    all_groups: FixedBitSet,
    /// The present role; `None` for a new member.
    present_role: Option<RoleRank>,
    role_stays: RoleStays,
    /// Whether anything known was granted, counted or not.
    is_match: bool,
}

impl Decision {
    /// That of a user whom nothing is granted.
    pub(super) fn of_nothing(catalog: &Catalog) -> Decision {
        Decision {
            roles: FixedBitSet::with_capacity(catalog.roles().len()),
            groups: FixedBitSet::with_capacity(catalog.groups().len()),
            ..Decision::default()
        }
    }

    /// Whether nothing known is granted.
    pub(crate) fn is_no_match(&self) -> bool {
        !self.is_match
    }

    /// Leaves the granted groups out of account, where only roles are licensed.
    pub(super) fn count_roles_only(&mut self) {
        self.groups.clear();
    }

    /// Adds something that is granted.
    pub(super) fn grant(&mut self, what: Grantable) {
        self.is_match = true;
        match what {
            Grantable::Role(rank) => self.roles.grow_and_insert(rank.0),
            Grantable::Group(group) => self.groups.grow_and_insert(group.0),
        }
    }

    /// Weighs in what the user has already.
    pub(super) fn stand(&mut self, standing: Standing) {
        self.present_role = standing.role;
        self.role_stays = standing.role_stays;
        self.all_groups = standing.staying;
        self.all_groups.union_with(&self.groups);
    }

    /// Leaves those present groups that are not granted out of account which `stays` does not hold.
    pub(crate) fn keep_staying(&mut self, stays: impl Fn(GroupIndex) -> bool) {
        let left: Vec<GroupIndex> = self
            .all_groups()
            .filter(|group| !self.is_granted(*group) && !stays(*group))
            .collect();
        for group in left {
            self.all_groups.remove(group.0);
        }
    }

    /// Whether IdP groups grant this group.
    pub(crate) fn is_granted(&self, group: GroupIndex) -> bool {
        self.groups.contains(group.0)
    }

    /// The groups that IdP groups grant, in catalog order.
    pub(crate) fn groups(&self) -> impl Iterator<Item = GroupIndex> {
        self.groups.ones().map(GroupIndex)
    }

    /// The roles that IdP groups grant, lowest first.
    pub(crate) fn roles(&self) -> impl Iterator<Item = RoleRank> {
        self.roles.ones().map(RoleRank)
    }

    /// Every group that the user would be in, in catalog order.
    pub(crate) fn all_groups(&self) -> impl Iterator<Item = GroupIndex> {
        self.all_groups.ones().map(GroupIndex)
    }

    fn required(&self, catalog: &Catalog) -> Option<RoleRank> {
        self.all_groups().filter_map(|group| catalog.required_by(group)).max()
    }

    /// The highest of the roles granted, of those that the groups need, and of the present one, where that does not sink.
    pub(crate) fn role(&self, catalog: &Catalog) -> RoleRank {
        let highest = self.roles().max().max(self.required(catalog));
        highest.max(self.kept_role()).unwrap_or(RoleRank(0))
    }

    /// The present role, where it does not sink.
    fn kept_role(&self) -> Option<RoleRank> {
        let stays = match self.role_stays {
            RoleStays::Never => false,
            RoleStays::WithoutRoleGroup => self.roles.is_clear(),
            RoleStays::Always => true,
        };
        self.present_role.filter(|_| stays)
    }

    /// Why the role is `role`: the IdP groups that grant it, then the groups that need it.
    pub(super) fn role_reasons(
        &self,
        catalog: &Catalog,
        role: RoleRank,
        granting: impl Iterator<Item = u32>,
    ) -> Vec<NumberedReason> {
        let mut reasons: Vec<NumberedReason> = granting.map(NumberedReason::RoleGroup).collect();
        let requiring = self
            .all_groups()
            .filter(|group| catalog.required_by(*group) == Some(role));
        reasons.extend(requiring.map(|group| NumberedReason::RequiredBy(number(group.0))));
        if self.kept_role() == Some(role) {
            reasons.push(NumberedReason::Kept);
        }
        if reasons.is_empty() {
            reasons.push(NumberedReason::Default);
        }
        reasons
    }

    /// The role that is granted, where it is lower, and a group that needs this one.
    pub(super) fn raised_from(&self, catalog: &Catalog, role: RoleRank) -> Option<(RoleRank, GroupIndex)> {
        let granted = self.roles().max().filter(|granted| *granted < role)?;
        let group = self
            .all_groups()
            .find(|group| catalog.required_by(*group) == Some(role))?;
        Some((granted, group))
    }

    /// A group that needs a higher role than the ones granted.
    pub(super) fn raised_by_group(&self, catalog: &Catalog, role: RoleRank) -> Option<Diagnostic> {
        let (granted, group) = self.raised_from(catalog, role)?;
        let (granted, role, group) = (catalog.role(granted), catalog.role(role), catalog.group(group));
        let message = format!(
            "the role is {} instead of {}, because {} needs it",
            shown(role),
            shown(granted),
            shown(group)
        );
        Some(
            Diagnostic::new(DiagnosticCode::RaisedByGroup, message)
                .param("granted", granted)
                .param("role", role)
                .param("group", group),
        )
    }
}
