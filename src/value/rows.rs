//! What applications read from their databases: a row has further columns, which say nothing here. What people write has none.

/// Whether a struct of this name is read from a row.
pub(super) fn is_row(name: &str) -> bool {
    matches!(
        name,
        "AppGroup" | "CatalogDocument" | "LoginUser" | "LoginWorkspace" | "MemberGroup" | "Membership"
    )
}

/// Whether a column of a row is most likely a field in another spelling: `granted_by`, or `require`. It must not be passed over.
#[inline(never)]
pub(super) fn is_nearly(name: &str, known: &[&str]) -> bool {
    let folded = |name: &str| name.replace(['_', '-'], "").to_ascii_lowercase();
    let name = folded(name);
    known
        .iter()
        .any(|known| strsim::osa_distance(&name, &folded(known)) <= 1)
}
