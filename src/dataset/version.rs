/// Returns a hash of names and texts in 16 hexadecimal digits (FNV-1a, 64 bits).
///
/// Also compiled into the build script, so that embedded and exported rules have one version.
fn version<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for (name, text) in files {
        for part in [name, text] {
            for byte in part.bytes().chain([0]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
    }
    format!("{hash:016x}")
}
