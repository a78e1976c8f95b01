import LinuxSystem

/// Gives a directory that is gone afterwards, also after a failure.
func withDirectory<Value>(_ body: (String) async throws -> Value) async throws -> Value {
    let path = "/tmp/spyhop-linuxsystem-\(UInt64.random(in: 0 ... .max))"
    try Files.makeDirectories(path)
    defer { try? Files.removeTree(path) }
    return try await body(path)
}
