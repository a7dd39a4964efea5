//! Options are set one by one, by methods of one kind, so that more of them may come.

/// For each of these fields the method that sets it. What may be absent is taken as it is, or as an `Option`.
macro_rules! with {
    ($owner:ident: $($method:ident($field:ident: $type:ty),)*) => {
        impl $owner {
            $(
                #[doc = concat!("The same with this as [`", stringify!($field), "`](Self::", stringify!($field), ").")]
                #[must_use]
                pub fn $method(self, $field: impl Into<$type>) -> Self {
                    Self { $field: $field.into(), ..self }
                }
            )*
        }
    };
}
