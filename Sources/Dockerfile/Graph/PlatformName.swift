/// Platforms as containerd spells them: `linux/amd64`, `linux/arm/v7`.
public enum PlatformName {
    private static let systems: Set<String> = [
        "aix", "android", "darwin", "dragonfly", "freebsd", "illumos", "ios", "js", "linux", "netbsd", "openbsd",
        "plan9", "solaris", "wasip1", "windows",
    ]
    private static let architectures: Set<String> = [
        "386", "amd64", "arm", "arm64", "loong64", "mips", "mipsle", "mips64", "mips64le", "ppc64", "ppc64le",
        "riscv64", "s390x", "wasm",
    ]

    /// A platform in its usual spelling: `x86_64` is `linux/amd64`, `linux/arm64/v8` is `linux/arm64`; `nil` when it is
    /// none. A system alone has the architecture of `host`.
    public static func normalized(_ text: String, host: String = "linux/amd64") -> String? {
        let parts = text.lowercased().split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (1...3).contains(parts.count), parts.allSatisfy(isComponent) else { return nil }
        if parts.count == 1 {
            if systems.contains(parts[0]) || parts[0] == "macos" {
                let rest = host.split(separator: "/").dropFirst().map(String.init)
                return join([system(parts[0])] + rest)
            }
            let (architecture, variant) = machine(parts[0], "")
            guard architectures.contains(architecture) else { return nil }
            return join(["linux", architecture, variant])
        }
        let (architecture, variant) = machine(parts[1], parts.count == 3 ? parts[2] : "")
        return join([system(parts[0]), architecture, variant])
    }

    private static func isComponent(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0.isLetter || $0.isDigit || "._-".utf8.contains($0) }
    }

    private static func system(_ name: String) -> String { name == "macos" ? "darwin" : name }

    private static func machine(_ name: String, _ variant: String) -> (String, String) {
        switch (name, variant) {
        case ("i386", _): ("386", "")
        case ("x86_64", _), ("x86-64", _), ("amd64", _): ("amd64", variant == "v1" ? "" : variant)
        case ("aarch64", _), ("arm64", _): ("arm64", variant == "8" || variant == "v8" ? "" : variant)
        case ("armhf", _): ("arm", "v7")
        case ("armel", _): ("arm", "v6")
        case ("arm", "5"), ("arm", "6"), ("arm", "7"), ("arm", "8"): ("arm", "v" + variant)
        case ("arm", ""): ("arm", "v7")
        default: (name, variant)
        }
    }

    private static func join(_ parts: [String]) -> String { parts.filter { !$0.isEmpty }.joined(separator: "/") }
}
