import Engine

/// What an engine is, as `/version` tells, and the version of the API that is spoken with it.
struct DockerVersion: Sendable, Hashable {
    /// The newest version of the API whose changes are known here, and the oldest that is spoken.
    static let newest = Number(major: 1, minor: 47)
    static let oldest = Number(major: 1, minor: 24)

    /// A version of the API: `1.41`.
    struct Number: Sendable, Hashable, Comparable, CustomStringConvertible {
        var major: Int
        var minor: Int

        init(major: Int, minor: Int) {
            self.major = major
            self.minor = minor
        }

        init?(_ text: String) {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 2, let major = Int(parts[0]), let minor = Int(parts[1]), major >= 0, minor >= 0 else {
                return nil
            }
            self.init(major: major, minor: minor)
        }

        var description: String { "\(major).\(minor)" }

        static func < (left: Number, right: Number) -> Bool {
            (left.major, left.minor) < (right.major, right.minor)
        }
    }

    /// Spoken with it.
    var api: Number
    /// Its program's: `20.10.24+dfsg1`.
    var program: String
    /// It is podman, which speaks docker's API with differences.
    var isPodman: Bool
    var operatingSystem: String
    var architecture: String
    var kernel: String

    /// Reads the answer of `/version` and settles what is spoken.
    /// - Throws: `.unsupported` when it speaks nothing that is known here; `.corrupted` when the answer is no version.
    init(_ answer: JSONNode, from place: String) throws(EngineError) {
        guard let text = answer["ApiVersion"]?.string, let theirs = Number(text) else {
            throw EngineError(
                .corrupted, "what answers at \(place) is no engine: it tells no version of its API",
                hint: "check the address")
        }
        let oldest = answer["MinAPIVersion"]?.string.flatMap(Number.init) ?? Self.oldest
        api = min(theirs, Self.newest)
        guard api >= Self.oldest, api >= oldest else {
            throw EngineError(
                .unsupported,
                "the engine at \(place) speaks versions \(oldest) to \(theirs) of the API, spyhop \(Self.oldest) to \(Self.newest)",
                hint: "update the older of the two")
        }
        let components = answer["Components"]?.items ?? []
        isPodman = components.contains { $0["Name"]?.string?.lowercased().contains("podman") ?? false }
        program = answer["Version"]?.string ?? ""
        operatingSystem = answer["Os"]?.string ?? ""
        architecture = answer["Arch"]?.string ?? ""
        kernel = answer["KernelVersion"]?.string ?? ""
    }
}
