import Glibc
import LinuxSystem

/// A directory with a `config.json` and credential helpers, gone after the test.
struct CredentialDirectory {
    let path: String

    var config: String { path + "/docker/config.json" }

    static func with<Value>(_ body: (CredentialDirectory) async throws -> Value) async throws -> Value {
        let path = "/tmp/spyhop-credentials-\(UInt64.random(in: 0 ... .max))"
        try Files.makeDirectories(path + "/docker")
        defer { try? Files.removeTree(path) }
        return try await body(CredentialDirectory(path: path))
    }

    func write(_ text: String, to name: String = "docker/config.json") throws {
        try Files.writeAtomically(Array(text.utf8), to: "\(path)/\(name)")
    }

    func read(_ name: String = "docker/config.json") throws -> String { try Files.readText("\(path)/\(name)") }

    /// Installs a helper. A process of its own copies it, so that no descriptor of ours has it open for writing.
    func install(_ name: String, _ script: String) async throws {
        try write("#!/bin/sh\n" + script, to: "script")
        let outcome = try await ProgramRun(
            path: "/usr/bin/install", arguments: ["install", "-m", "755", "\(path)/script", "\(path)/\(name)"],
            environment: [], deadline: .seconds(60)
        ).finish()
        guard outcome.code == 0 else { throw SystemError(EIO, "install", name) }
    }

    /// A helper that keeps one secret in a file, and the servers that it was asked for in another.
    func installKeeper() async throws {
        try await install(
            "docker-credential-keeper",
            """
            cd "$KEPT" || exit 9
            case $1 in
            store) cat > kept ;;
            get) cat >> asked; [ -f kept ] || { echo "credentials not found in native keychain"; exit 1; }; cat kept ;;
            erase) cat >> erased; [ -f kept ] || { echo "credentials not found in native keychain"; exit 1; }; rm kept ;;
            esac
            """)
    }
}
