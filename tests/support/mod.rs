//! What every runner of the shared cases needs: the cases themselves, and how a result is held against them.
//! `tests/cases/README.md` describes the format.

pub(crate) mod cases;
pub(crate) mod compare;
pub(crate) mod expand;
pub(crate) mod places;
pub(crate) mod readable;
pub(crate) mod users;
