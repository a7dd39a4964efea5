//! What a user has at present, looked up.

use std::collections::BTreeMap;

use fixedbitset::FixedBitSet;

use super::{GrantedBy, Membership, NumberedMembership};
use crate::catalog::{GroupIndex, RoleRank, not_a_role};
use crate::error::GroupSyncError;
use crate::policy::{Demotion, Policy, RoleWithoutRoleGroup};
use crate::resolve::{GroupSync, RoleStays};

/// A membership whose names have been looked up.
#[derive(Default)]
pub(crate) struct Present {
    pub(super) role: Option<RoleRank>,
    pub(super) role_giver: Giver,
    /// By their places in the catalog.
    pub(super) groups: FixedBitSet,
    /// Those of them that nothing but a sync put the user into.
    pub(super) synced: FixedBitSet,
    /// Those of them that the sync of another provider put the user into.
    pub(super) held: FixedBitSet,
    /// Groups that the catalog does not have.
    pub(super) gone: Vec<Gone>,
}

/// Who gave something that a user has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Giver {
    /// An admin, as far as is known.
    #[default]
    Hand,
    /// A sync, of this provider as far as is known.
    Sync,
    /// The sync of another provider.
    OtherSync,
}

impl Giver {
    fn of(granted_by: Option<GrantedBy>, provider: Option<&str>, own: Option<&str>) -> Giver {
        match granted_by {
            Some(GrantedBy::Sync) if provider.is_some() && provider != own => Giver::OtherSync,
            Some(GrantedBy::Sync) => Giver::Sync,
            Some(GrantedBy::Manual) | None => Giver::Hand,
        }
    }
}

/// A group that the catalog does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Gone {
    pub(super) name: String,
    /// Whether the sync of another provider put the user there.
    pub(super) is_held: bool,
}

/// What a user has, by name, with what is known of who gave it.
pub(crate) struct Had<'n, G> {
    pub(crate) role: Option<&'n str>,
    pub(crate) role_granted_by: Option<GrantedBy>,
    pub(crate) role_provider: Option<&'n str>,
    /// Each with who put the user there, and the provider whose sync did.
    pub(crate) groups: G,
}

impl Present {
    /// The groups that the catalog has, in its order.
    pub(crate) fn groups(&self) -> impl Iterator<Item = GroupIndex> {
        self.groups.ones().map(GroupIndex)
    }

    fn add(&mut self, group: GroupIndex, giver: Giver) {
        self.groups.grow(group.0 + 1);
        self.synced.grow(group.0 + 1);
        // Of two records of one group the one counts that is to be handled with more care: that which is not of this sync.
        let is_new = !self.groups.put(group.0);
        if giver == Giver::Hand {
            self.synced.remove(group.0);
        } else if is_new {
            self.synced.insert(group.0);
        }
        if giver == Giver::OtherSync {
            self.held.grow_and_insert(group.0);
        }
    }

    /// When the role does not sink.
    pub(super) fn role_stays(&self, policy: &Policy) -> RoleStays {
        let is_manual = self.role_giver == Giver::Hand;
        match policy.role_without_role_group {
            _ if self.role_giver == Giver::OtherSync || policy.demotion == Demotion::Never => RoleStays::Always,
            RoleWithoutRoleGroup::Keep => RoleStays::WithoutRoleGroup,
            RoleWithoutRoleGroup::KeepManual if is_manual => RoleStays::WithoutRoleGroup,
            RoleWithoutRoleGroup::KeepManual | RoleWithoutRoleGroup::Infer => RoleStays::Never,
        }
    }
}

impl GroupSync {
    pub(super) fn present(&self, membership: &Membership, provider: Option<&str>) -> Result<Present, GroupSyncError> {
        let groups = membership.groups.iter();
        let had = Had {
            role: membership.role.as_deref(),
            role_granted_by: membership.role_granted_by,
            role_provider: membership.role_provider.as_deref(),
            groups: groups.map(|group| (group.name.as_str(), group.granted_by, group.provider.as_deref())),
        };
        self.present_by_name(had, provider)
    }

    /// The membership of a user who has this, seen by the sync of `provider`.
    pub(crate) fn present_by_name<'n>(
        &self,
        had: Had<'n, impl Iterator<Item = (&'n str, Option<GrantedBy>, Option<&'n str>)>>,
        provider: Option<&str>,
    ) -> Result<Present, GroupSyncError> {
        let catalog = self.catalog();
        let rank = |role: &str| {
            let rank = catalog.role_rank(role);
            rank.ok_or_else(|| not_a_role(role, catalog.roles()).within("role"))
        };
        let mut present = Present {
            role: had.role.map(rank).transpose()?,
            role_giver: Giver::of(had.role_granted_by, had.role_provider, provider),
            groups: FixedBitSet::with_capacity(catalog.groups().len()),
            synced: FixedBitSet::with_capacity(catalog.groups().len()),
            held: FixedBitSet::new(),
            gone: Vec::new(),
        };
        let mut gone = BTreeMap::new();
        for (name, granted_by, group_provider) in had.groups {
            let giver = Giver::of(granted_by, group_provider, provider);
            let is_held = giver == Giver::OtherSync;
            match catalog.group_index(name) {
                Some(group) => present.add(group, giver),
                None => {
                    let place = *gone.entry(name).or_insert(present.gone.len());
                    match present.gone.get_mut(place) {
                        Some(known) => known.is_held |= is_held,
                        None => present.gone.push(Gone {
                            name: name.to_owned(),
                            is_held,
                        }),
                    }
                }
            }
        }
        Ok(present)
    }

    /// The same by number; `None` if a number is none of the catalog's.
    pub(crate) fn numbered_present(&self, membership: &NumberedMembership<'_>) -> Option<Present> {
        let (roles, groups) = (self.catalog().roles().len(), self.catalog().groups().len());
        let mut present = Present::default();
        if let Some(role) = membership.role {
            present.role = Some(RoleRank(role as usize)).filter(|role| role.0 < roles);
            present.role?;
        }
        let giver = |by_sync: bool| if by_sync { Giver::Sync } else { Giver::Hand };
        present.role_giver = giver(membership.role_by_sync);
        for (group, by_sync) in membership.groups {
            let group = Some(*group as usize).filter(|group| *group < groups)?;
            present.add(GroupIndex(group), giver(*by_sync));
        }
        Some(present)
    }
}
