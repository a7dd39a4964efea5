//! What conditions grant, and at which of the IdP groups that met them it is listed.

use fixedbitset::FixedBitSet;

use super::conditions::Met;
use super::grants::MAX_EXPLAINED_GRANTS;
use super::numbered::number;
use super::rules::{Granted, Rules};
use crate::catalog::{Catalog, RoleRank};
use crate::mapping::Term;

impl Rules {
    /// Which conditions these IdP groups meet. What that grants goes to `grant`, with the place of an IdP group that it is
    /// granted to.
    pub(super) fn meet(
        &self,
        catalog: &Catalog,
        idp_groups: &[&str],
        explain: bool,
        grant: &mut dyn FnMut(Granted, usize),
    ) -> Met {
        let mut met = self.conditions.meet(&self.named, idp_groups, explain);
        for condition in met.conditions().filter_map(|place| self.conditions.get(place)) {
            if !condition.rule.is_capture() {
                grant(self.granted(catalog, condition.rule, ""), 0);
            }
        }
        if met.has_captures() {
            self.capture(catalog, idp_groups, &mut met, grant);
        }
        met
    }

    /// Captures from each IdP group that meets the pattern of a condition.
    #[inline(never)]
    fn capture(&self, catalog: &Catalog, idp_groups: &[&str], met: &mut Met, grant: &mut dyn FnMut(Granted, usize)) {
        for (place, name) in idp_groups.iter().enumerate() {
            for condition in self.conditions.capturing(&self.named, met, name) {
                let condition_place = (condition >> 1) as usize;
                let Some(condition) = self.conditions.get(condition_place) else {
                    continue;
                };
                let granted = self.granted(catalog, condition.rule, name);
                if met.captured.len() <= condition_place {
                    met.captured.resize(condition_place + 1, FixedBitSet::new());
                }
                if let (Some(what), Some(captured)) = (granted.what, met.captured.get_mut(condition_place)) {
                    captured.grow_and_insert(catalog.target_number(what));
                }
                grant(granted, place);
            }
        }
    }

    /// Adds what the conditions grant that `name` met with others or alone: of captures, those from `name` where it meets the
    /// pattern, else all. It stops past what an explanation lists.
    pub(super) fn grant_by_conditions(&self, catalog: &Catalog, met: &Met, name: &str, granted: &mut Vec<Granted>) {
        for place in self.conditions.met_by(&self.named, met, name) {
            let by_pattern = place & 1 == 1;
            let place = (place >> 1) as usize;
            let Some(condition) = self.conditions.get(place) else {
                continue;
            };
            if by_pattern || !condition.rule.is_capture() {
                granted.push(self.granted(catalog, condition.rule, name));
            } else {
                let captured = met.captured.get(place).into_iter().flat_map(FixedBitSet::ones);
                granted.extend(captured.map(|target| Granted {
                    what: Some(catalog.target_of(target)),
                    entry: Some(condition.rule.entry),
                }));
            }
            if granted.len() > MAX_EXPLAINED_GRANTS {
                break;
            }
        }
    }

    /// The conditions that are not met and of which `name` is in a term, by their entries, in order.
    pub(super) fn unmet_of(&self, met: &Met, name: &str) -> Vec<u32> {
        let places = self.conditions.unmet_of(&self.named, met, name);
        let conditions = places
            .iter()
            .filter_map(|place| self.conditions.get((place >> 1) as usize));
        let mut entries: Vec<u32> = conditions.map(|condition| condition.rule.entry).collect();
        // A name and a pattern may both be of one condition.
        entries.dedup();
        entries
    }

    /// The terms that are not met of the condition that an entry is.
    pub(super) fn failed(&self, met: &Met, entry: u32) -> Vec<Term> {
        let condition = self.conditions.of_entry(entry);
        condition
            .map(|condition| condition.failed(met).cloned().collect())
            .unwrap_or_default()
    }

    /// The terms of the condition that an entry is, if it is one, besides those that `name` meets.
    pub(super) fn others(&self, entry: u32, name: &str) -> Vec<Term> {
        let Some(condition) = self.conditions.of_entry(entry) else {
            return Vec::new();
        };
        let own: Vec<u32> = self.conditions.operands(&self.named, name).collect();
        condition.others(&own).cloned().collect()
    }

    /// How much of an explanation a grant by this entry takes: one, or as many as the condition has terms.
    pub(super) fn listed(&self, entry: Option<u32>) -> usize {
        let condition = entry.and_then(|entry| self.conditions.of_entry(entry));
        condition.map_or(1, |condition| condition.terms.len())
    }

    /// Whether `name` met a condition, with others or alone.
    pub(super) fn meets_any(&self, met: &Met, name: &str) -> bool {
        !met.is_untouched() && !self.conditions.met_by(&self.named, met, name).is_empty()
    }

    /// The places of the IdP groups that met a condition which grants this role.
    pub(super) fn granting_by_conditions(&self, met: &Met, idp_groups: &[&str], role: RoleRank) -> Vec<u32> {
        let operands = self.conditions.granting_role(met, role);
        if operands.is_empty() {
            return Vec::new();
        }
        let grants = |name: &str| {
            self.conditions
                .operands(&self.named, &self.spelled(name))
                .any(|operand| operands.binary_search(&operand).is_ok())
        };
        let granting = idp_groups.iter().enumerate().filter(|(_, name)| grants(name));
        granting.map(|(place, _)| number(place)).collect()
    }
}
