//! Looking things up by name.
//!
//! Names are numbered in the order in which they are met, and what belongs to them stands in a plain list. So there is one
//! kind of map for all look-ups, which keeps the module small; and it is ordered rather than hashed: no seeds, and no names
//! that could be chosen to collide.

use std::collections::BTreeMap;

/// The longest name that an IdP group has, or that a mapping holds, in characters (Unicode scalar values).
pub const MAX_NAME_CHARACTERS: usize = 4096;

/// How many characters a name has that has too many.
pub(crate) fn excess_length(name: &str) -> Option<usize> {
    // No name has more characters than bytes, which cost nothing to count.
    let characters = (name.len() > MAX_NAME_CHARACTERS).then(|| name.chars().count());
    characters.filter(|characters| *characters > MAX_NAME_CHARACTERS)
}

/// Distinct names, numbered from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Names {
    numbers: BTreeMap<String, usize>,
}

impl Names {
    /// The number of a name that has been added.
    pub(crate) fn number(&self, name: &str) -> Option<usize> {
        self.numbers.get(name).copied()
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.numbers.contains_key(name)
    }

    /// The number of a name, and whether it is new.
    pub(crate) fn add(&mut self, name: &str) -> (usize, bool) {
        match self.number(name) {
            Some(number) => (number, false),
            None => {
                let number = self.numbers.len();
                self.numbers.insert(name.to_owned(), number);
                (number, true)
            }
        }
    }

    /// Adds a name. Whether it is new.
    pub(crate) fn insert(&mut self, name: &str) -> bool {
        self.add(name).1
    }

    pub(crate) fn len(&self) -> usize {
        self.numbers.len()
    }
}

/// Names, as a set.
pub(crate) fn names_of<'n>(names: impl IntoIterator<Item = &'n String>) -> Names {
    let mut set = Names::default();
    for name in names {
        set.insert(name);
    }
    set
}

/// Something for each of distinct names, in the order in which they were added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ByName<T> {
    names: Names,
    values: Vec<T>,
}

impl<T> Default for ByName<T> {
    fn default() -> Self {
        ByName {
            names: Names::default(),
            values: Vec::new(),
        }
    }
}

impl<T> ByName<T> {
    pub(crate) fn get(&self, name: &str) -> Option<&T> {
        self.values.get(self.names.number(name)?)
    }

    /// Puts `value` in the place of what the name had.
    pub(crate) fn set(&mut self, name: &str, value: T) {
        let (number, is_new) = self.names.add(name);
        match self.values.get_mut(number) {
            Some(present) if !is_new => *present = value,
            _ => self.values.push(value),
        }
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        self.values.get_mut(self.names.number(name)?)
    }

    /// What the name has, which is first made if it has nothing.
    pub(crate) fn get_or_default(&mut self, name: &str) -> &mut T
    where
        T: Default,
    {
        let (number, is_new) = self.names.add(name);
        if is_new {
            self.values.push(T::default());
        }
        #[expect(clippy::indexing_slicing, reason = "there are as many values as names")]
        &mut self.values[number]
    }

    /// The names with what belongs to them, in the order of the names.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        let numbers = self.names.numbers.iter();
        numbers.filter_map(|(name, number)| Some((name.as_str(), self.values.get(*number)?)))
    }

    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.values.iter_mut()
    }

    pub(crate) fn into_values(self) -> Vec<T> {
        self.values
    }
}

impl<T> ByName<Vec<T>> {
    /// Adds to what the name has.
    pub(crate) fn push(&mut self, name: &str, value: T) {
        let (number, is_new) = self.names.add(name);
        if is_new {
            self.values.push(Vec::new());
        }
        if let Some(values) = self.values.get_mut(number) {
            values.push(value);
        }
    }

    /// What the name has, which may be nothing.
    pub(crate) fn all(&self, name: &str) -> &[T] {
        self.get(name).map_or(&[], Vec::as_slice)
    }
}
