//! How much one comparison or proof may do: IdP groups times patterns is a product, which both texts can make large.

/// What a name in the result counts for.
const LISTED_NAME: usize = 64;

pub(crate) struct Budget {
    left: usize,
}

impl Budget {
    pub(crate) fn of(left: usize) -> Self {
        Budget { left }
    }

    /// Whether nothing is left.
    pub(crate) fn is_spent(&self) -> bool {
        self.left == 0
    }

    /// Takes out `effort`. `None` if there is not so much; then nothing is left, so that what comes later is not compared instead.
    pub(crate) fn spend(&mut self, effort: usize) -> Option<()> {
        let left = self.left.checked_sub(effort);
        self.left = left.unwrap_or(0);
        left.map(|_| ())
    }

    /// Takes out what putting so many names into the result takes.
    pub(crate) fn spend_on_listing(&mut self, names: usize) {
        self.left = self.left.saturating_sub(names.saturating_mul(LISTED_NAME));
    }
}
