//! Inputs made by chance for as long as one likes: `FUZZ_SECONDS` (2 if it is not set) for each test. Each prints its seed; `SEED` brings
//! a run back.

use std::time::{Duration, Instant, SystemTime};

/// `SplitMix64`.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    /// Once in so many times.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub(crate) fn one_of<'l>(&mut self, list: &[&'l str]) -> &'l str {
        list[self.below(list.len())]
    }
}

/// Runs `case` until the time is over, and says how often.
pub(crate) fn run(name: &str, mut case: impl FnMut(&mut Chance)) {
    let number = |variable: &str| std::env::var(variable).ok().and_then(|text| text.parse::<u64>().ok());
    let now = || {
        SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .map_or(0, |time| time.as_nanos() as u64)
    };
    let seed = number("SEED").unwrap_or_else(now);
    println!("{name}: SEED={seed}");
    let mut chance = Chance(seed);
    let (start, time) = (Instant::now(), Duration::from_secs(number("FUZZ_SECONDS").unwrap_or(2)));
    let mut cases = 0_u64;
    while cases == 0 || start.elapsed() < time {
        case(&mut chance);
        cases += 1;
    }
    println!("{name}: {cases} cases");
}
