import Engine
import OCI

/// What a profile's conditions are compared with.
struct FilterContext: Hashable {
    /// Bits of the container's bounding set.
    var capabilities: UInt64
    /// The native architecture as Go names it: `amd64`, `arm64`.
    var architecture: String
    /// The kernel's version, major and minor.
    var kernel: Version

    struct Version: Hashable, Comparable {
        var major: Int
        var minor: Int

        static func < (left: Version, right: Version) -> Bool {
            (left.major, left.minor) < (right.major, right.minor)
        }

        /// Reads `4.8` and `6.1.0-18-amd64`; `nil` when it begins otherwise.
        init?(_ text: some StringProtocol) {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count >= 2, let major = Int(parts[0]),
                let minor = Int(parts[1].prefix { $0.isASCII && $0.isNumber })
            else { return nil }
            self.major = major
            self.minor = minor
        }
    }

    /// Whether a rule counts: all of `includes` holds and nothing of `excludes`.
    func admits(_ rule: LinuxSeccomp.Rule) -> Bool {
        if let includes = rule.includes, !allHold(includes) { return false }
        if let excludes = rule.excludes, anyHolds(excludes) { return false }
        return true
    }

    private func allHold(_ condition: LinuxSeccomp.Condition) -> Bool {
        if let arches = condition.arches, !arches.isEmpty, !arches.contains(architecture) { return false }
        if let caps = condition.caps, !caps.allSatisfy(has) { return false }
        if let minKernel = condition.minKernel, let version = Version(minKernel), kernel < version { return false }
        return true
    }

    private func anyHolds(_ condition: LinuxSeccomp.Condition) -> Bool {
        if let arches = condition.arches, arches.contains(architecture) { return true }
        if let caps = condition.caps, caps.contains(where: has) { return true }
        if let minKernel = condition.minKernel, let version = Version(minKernel), kernel >= version { return true }
        return false
    }

    private func has(_ name: String) -> Bool {
        Capability(named: name).map { capabilities & $0.bit != 0 } ?? false
    }
}
