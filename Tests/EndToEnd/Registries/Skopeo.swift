import Harness

/// skopeo(1): the peer that speaks every transport.
enum Skopeo {
    static let isInstalled = Programs.installed("skopeo") != nil

    /// `skopeo copy`, any signature policy and plain HTTP accepted.
    static func copy(_ arguments: String..., scratch: String) throws -> Outcome {
        try run(["copy", "--src-tls-verify=false", "--dest-tls-verify=false"] + arguments, scratch: scratch)
    }

    /// `skopeo inspect --raw`: the manifest that a registry has.
    static func manifest(_ reference: String, scratch: String) throws -> Outcome {
        try run(["inspect", "--raw", "--tls-verify=false", "docker://\(reference)"], scratch: scratch)
    }

    private static func run(_ words: [String], scratch: String) throws -> Outcome {
        let program = Programs.installed("skopeo") ?? "skopeo"
        let environment = [Command.searchPath, "HOME=\(scratch)", "TMPDIR=\(scratch)", "XDG_RUNTIME_DIR=\(scratch)"]
        return try Command.run(
            [program, "--insecure-policy"] + words, environment: environment, scratch: scratch, seconds: 60)
    }
}
