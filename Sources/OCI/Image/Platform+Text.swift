import Engine

extension Platform {
    /// Reads a platform as people write it, `os/architecture[/variant]` or one of the first two, and in the kernel's and
    /// Debian's words as well as Go's: `linux/arm64/v8`, `arm64`, `x86_64`, `linux/armhf`. What is left out is the host's.
    /// The rules are those of containerd's package `platforms`.
    /// - Throws: `EngineError` `.invalidArgument`.
    public init(text: String) throws(EngineError) {
        let parts = text.lowercased().split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (1...3).contains(parts.count), parts.allSatisfy(Self.isWord) else { throw Self.error(text) }
        guard parts.count > 1 else {
            if let os = Self.knownSystem(parts[0]) {
                self.init(architecture: Platform.host.architecture, os: os, variant: Platform.host.variant)
                return
            }
            let (architecture, variant) = Self.normalised(parts[0], nil)
            guard Self.architectures.contains(architecture) else { throw Self.error(text) }
            self.init(architecture: architecture, os: Platform.host.os, variant: variant)
            return
        }
        let (architecture, variant) = Self.normalised(parts[1], parts.count > 2 ? parts[2] : nil)
        self.init(architecture: architecture, os: Self.knownSystem(parts[0]) ?? parts[0], variant: variant)
    }

    /// `os/architecture[/variant]`.
    public var text: String { "\(os)/\(architecture)" + (variant.map { "/\($0)" } ?? "") }

    private static func error(_ text: String) -> EngineError {
        EngineError(
            .invalidArgument, "\"\(printable(text))\" is not a platform",
            hint: "os/architecture[/variant], as in linux/amd64 or linux/arm/v7")
    }

    private static func isWord(_ part: String) -> Bool {
        !part.isEmpty
            && part.utf8.allSatisfy {
                (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || "_-.".utf8.contains($0)
            }
    }

    private static func knownSystem(_ word: String) -> String? {
        if word == "macos" { return "darwin" }
        return ["linux", "windows", "darwin", "freebsd", "netbsd", "openbsd"].contains(word) ? word : nil
    }

    /// What may stand alone; with a system before it any word may.
    private static let architectures: Set<String> = [
        "386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mipsle", "ppc64", "ppc64le",
        "riscv64", "s390x", "wasm",
    ]

    private static func normalised(_ word: String, _ variant: String?) -> (String, String?) {
        let variant = variant.map { $0.first?.isNumber == true ? "v\($0)" : $0 }
        switch word {
        case "amd64", "x86_64", "x86-64": return ("amd64", variant == "v1" ? nil : variant)
        case "i386", "i686", "386": return ("386", nil)
        case "aarch64", "arm64": return ("arm64", variant)
        case "armhf": return ("arm", "v7")
        case "armel": return ("arm", "v6")
        case "arm": return ("arm", variant ?? "v7")
        default: return (word, variant)
        }
    }
}
