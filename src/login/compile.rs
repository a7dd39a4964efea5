//! Settings and catalogs, compiled: what workspaces have in common, once.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::LoginSync;
use crate::catalog::Catalog;
use crate::claims::ClaimOptions;
use crate::diagnostic::Diagnostic;
use crate::error::GroupSyncError;
use crate::names::{Distinct, Places};
use crate::policy::{NonMembers, Policy};
use crate::resolve::GroupSync;
use crate::settings::{InstanceSettings, WorkspaceEntries};

/// One workspace of the sync list, ready for logins.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub(super) id: String,
    pub(super) enabled: bool,
    pub(super) non_members: NonMembers,
    pub(super) compiled: Compiled,
}

#[derive(Clone, Debug)]
pub(super) enum Compiled {
    /// Places among the configurations, and among the claims that they read.
    Ready {
        sync: usize,
        claim: usize,
    },
    /// The mapping has errors.
    InvalidMapping(Arc<[Diagnostic]>),
    WithoutCatalog,
}

impl LoginSync {
    /// Compiles the settings with the catalogs of their workspaces, by id. A workspace whose mapping has errors is no error: its
    /// logins are skipped.
    ///
    /// # Errors
    /// `invalid-input` if the settings mean nothing; see [`InstanceSettings::validate`].
    pub fn new(
        settings: &InstanceSettings,
        catalogs: impl IntoIterator<Item = (String, Catalog)>,
    ) -> Result<LoginSync, GroupSyncError> {
        settings.validate().map_err(|error| error.within("settings"))?;
        let mut distinct = Distinct::default();
        let mut shared = |catalog: Catalog| distinct.place(Arc::new(catalog)).1.clone();
        let given = catalogs.into_iter().map(|(id, catalog)| (id, shared(catalog)));
        let mut catalogs: BTreeMap<String, Arc<Catalog>> = BTreeMap::new();
        catalogs.extend(given);

        let (mut keys, mut claims) = (Distinct::default(), Distinct::default());
        let (mut compiled, mut syncs) = (Vec::new(), Vec::new());
        let listed = settings.workspaces.iter().map(|workspace| {
            let policy = Policy::from(workspace.policy.as_ref().unwrap_or(&settings.policy));
            let mapping = workspace.mapping.as_ref().unwrap_or(&settings.mapping);
            let entries = workspace.entries.as_ref();
            let claim = workspace.claim.as_ref().unwrap_or(&settings.claim);
            let non_members = policy.non_members;
            let compiled = match catalogs.get(&workspace.id) {
                None => Compiled::WithoutCatalog,
                Some(catalog) => {
                    // Catalogs that are equal are one, so the address tells them apart.
                    let key = (mapping, entries, claim, policy.clone(), Arc::as_ptr(catalog));
                    let compile = || match compile(mapping, entries, claim, catalog, policy) {
                        Err(diagnostics) => Compiled::InvalidMapping(diagnostics.into()),
                        Ok(sync) => {
                            syncs.push(sync);
                            Compiled::Ready {
                                sync: syncs.len() - 1,
                                claim: claims.place(claim).0,
                            }
                        }
                    };
                    let (place, _) = keys.place(key);
                    if place == compiled.len() {
                        compiled.push(compile());
                    }
                    #[expect(clippy::indexing_slicing, reason = "what was compiled is as many as the keys")]
                    compiled[place].clone()
                }
            };
            Listed {
                id: workspace.id.clone(),
                enabled: workspace.enabled,
                non_members,
                compiled,
            }
        });
        let listed: Vec<Listed> = listed.collect();
        syncs.shrink_to_fit();
        let mut plain = syncs.iter().map(GroupSync::plain_claim);
        let first = plain.next().flatten();
        Ok(LoginSync {
            enabled: settings.enabled,
            default_workspace: settings.default_workspace.clone(),
            when_gone: Policy::from(&settings.policy).when_gone,
            places: Places::of(listed.len(), |place| id_at(&listed, place)),
            plain_claim: first
                .filter(|claim| plain.all(|other| other == Some(*claim)))
                .map(str::to_owned),
            listed,
            syncs,
            catalogs,
        })
    }

    /// The workspace of this id, if it is in the sync list.
    pub(super) fn listed(&self, id: &str) -> Option<&Listed> {
        let place = self.places.find(id.into(), |place| id_at(&self.listed, place))?;
        self.listed.get(place)
    }

    /// What a workspace can grant, if that is known.
    pub(crate) fn catalog(&self, workspace: &str) -> Option<&Catalog> {
        self.catalogs.get(workspace).map(Arc::as_ref)
    }

    /// The ids of the workspaces in which these settings and catalogs may make a difference, in no order.
    pub(crate) fn workspaces(&self) -> impl Iterator<Item = &str> {
        let listed = self.listed.iter().map(|listed| listed.id.as_str());
        let known = self.catalogs.keys().map(String::as_str);
        listed.chain([self.default_workspace.as_str()]).chain(known)
    }
}

/// One configuration, or what is wrong with its mapping.
fn compile(
    mapping: &str,
    entries: Option<&WorkspaceEntries>,
    claim: &ClaimOptions,
    catalog: &Arc<Catalog>,
    policy: Policy,
) -> Result<GroupSync, Vec<Diagnostic>> {
    let (claim, catalog) = (claim.clone(), catalog.clone());
    let compiled = match entries.map(|entries| entries.over(mapping)) {
        None => GroupSync::compile(mapping, claim, catalog, policy),
        Some(overlay) if overlay.has_errors() => {
            return Err([overlay.mapping.diagnostics, overlay.diagnostics].concat());
        }
        Some(overlay) => GroupSync::compile_overlay(&overlay, claim, catalog, policy),
    };
    compiled.map_err(|error| error.diagnostics().to_vec())
}

fn id_at(listed: &[Listed], place: usize) -> &str {
    listed.get(place).map_or("", |listed| listed.id.as_str())
}
