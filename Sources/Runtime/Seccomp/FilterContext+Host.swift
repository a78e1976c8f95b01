import Glibc

extension FilterContext {
    /// The context of a container on this host.
    static func host(capabilities: UInt64) -> FilterContext {
        var names = utsname()
        uname(&names)
        let release = withUnsafeBytes(of: names.release) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        let machine = withUnsafeBytes(of: names.machine) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        return FilterContext(
            capabilities: capabilities, architecture: goNames[machine] ?? machine,
            // No kernel that runs this is older.
            kernel: Version(release) ?? Version(major: 5, minor: 10))
    }

    private static let goNames = ["x86_64": "amd64", "aarch64": "arm64", "i686": "x86", "armv7l": "arm"]
}

extension FilterContext.Version {
    init(major: Int, minor: Int) {
        self.major = major
        self.minor = minor
    }
}
