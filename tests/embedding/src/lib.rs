//! Any program's WebAssembly module, which brings its own allocator and decides a login.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU32, Ordering};

use idp_group_sync::{AppGroup, Catalog, ClaimOptions, GroupSync, GroupSyncConfig, Policy, ResolveOptions};

/// Counts what is asked of it.
struct Counting(AtomicU32);

#[global_allocator]
static ALLOCATOR: Counting = Counting(AtomicU32::new(0));

#[expect(unsafe_code, reason = "there is no other way to be an allocator")]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        self.0.fetch_add(1, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        unsafe { System.dealloc(memory, layout) }
    }
}

/// How often memory was asked for.
#[expect(unsafe_code, reason = "what it is exported as is no other function's name")]
#[unsafe(no_mangle)]
pub extern "C" fn allocations() -> u32 {
    ALLOCATOR.0.load(Ordering::Relaxed)
}

/// How many groups a user in the Sales Team is put into.
#[expect(unsafe_code, reason = "what it is exported as is no other function's name")]
#[unsafe(no_mangle)]
pub extern "C" fn groups() -> u32 {
    let catalog = Catalog::new(None, vec![AppGroup::new("sales"), AppGroup::new("marketing")]);
    let sync = catalog.and_then(|catalog| {
        GroupSync::new(GroupSyncConfig {
            mapping: "Sales Team -> sales".to_owned(),
            claim: ClaimOptions::named("groups"),
            catalog,
            policy: Policy::default(),
        })
    });
    sync.map_or(u32::MAX, |sync| {
        let resolution = sync.resolve_groups(&["Sales Team", "Marketing Team"], ResolveOptions::default());
        u32::try_from(resolution.groups.len()).unwrap_or(u32::MAX)
    })
}
