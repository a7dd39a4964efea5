//! What is made once in a login, however many workspaces ask for it.

use crate::error::GroupSyncError;

/// Values by a number, each made when it is first asked for.
pub(super) struct Made<T> {
    /// By their numbers.
    places: Vec<(usize, usize)>,
    pub(super) made: Vec<T>,
}

impl<T> Default for Made<T> {
    fn default() -> Self {
        Made {
            places: Vec::new(),
            made: Vec::new(),
        }
    }
}

impl<T> Made<T> {
    pub(super) fn place<E>(&mut self, number: usize, make: impl FnOnce() -> Result<T, E>) -> Result<usize, E> {
        match self.places.binary_search_by_key(&number, |(number, _)| *number) {
            Ok(known) => Ok(self.places.get(known).map_or(0, |(_, place)| *place)),
            Err(next) => {
                let place = self.made.len();
                self.made.push(make()?);
                self.places.insert(next, (number, place));
                Ok(place)
            }
        }
    }

    pub(super) fn get(
        &mut self,
        number: usize,
        make: impl FnOnce() -> Result<T, GroupSyncError>,
    ) -> Result<&T, GroupSyncError> {
        let place = self.place(number, make)?;
        #[expect(clippy::indexing_slicing, reason = "every place is one of what was made")]
        Ok(&self.made[place])
    }
}
