//! The only code that knows JavaScript.
