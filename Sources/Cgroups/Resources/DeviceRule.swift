/// A device that a container may or may not use (runtime-spec config-linux.md, "Allowed Device list").
public struct DeviceRule: Sendable, Hashable, Codable {
    /// The kinds of device nodes.
    public enum Kind: String, Sendable, Hashable, Codable {
        case character = "c"
        case block = "b"
        /// Every device of both kinds, whatever numbers and access stand beside it.
        case all = "a"
    }

    /// The kind of node.
    public var kind: Kind
    /// `nil`: every major number.
    public var major: UInt32?
    /// `nil`: every minor number.
    public var minor: UInt32?
    /// Some of `r`, `w` and `m` (mknod).
    public var access: String
    /// Whether what fits is allowed or denied.
    public var allow: Bool

    /// Makes a rule.
    public init(_ kind: Kind, major: UInt32?, minor: UInt32?, access: String, allow: Bool = true) {
        self.kind = kind
        self.major = major
        self.minor = minor
        self.access = access
        self.allow = allow
    }

    /// Version 1's spelling, `c 1:3 rwm` (Documentation/admin-guide/cgroup-v1/devices.rst).
    public var text: String {
        kind == .all ? "a" : "\(kind.rawValue) \(number(major)):\(number(minor)) \(access)"
    }

    /// The rule that allows everything (`--privileged`).
    public static let everything = DeviceRule(.all, major: nil, minor: nil, access: "rwm")

    /// What docker allows every container: making any node, and null, zero, full, random, urandom, tty, console, ptmx and
    /// the pseudo-terminals.
    public static let standard: [DeviceRule] = {
        let nodes: [(UInt32, UInt32?)] = [
            (1, 3), (1, 5), (1, 7), (1, 8), (1, 9), (5, 0), (5, 1), (5, 2), (136, nil),
        ]
        let making = [Kind.character, .block].map { DeviceRule($0, major: nil, minor: nil, access: "m") }
        return making + nodes.map { DeviceRule(.character, major: $0.0, minor: $0.1, access: "rwm") }
    }()

    private func number(_ value: UInt32?) -> String { value.map(String.init) ?? "*" }
}

extension DeviceRule {
    /// Reads a rule that allows, in version 1's spelling; `nil` when it is none.
    public init?(text: String) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, let kind = Kind(rawValue: String(parts[0])) else { return nil }
        let numbers = parts[1].split(separator: ":", omittingEmptySubsequences: false)
        guard numbers.count == 2, numbers.allSatisfy({ $0 == "*" || UInt32($0) != nil }), !parts[2].isEmpty,
            parts[2].allSatisfy("rwm".contains)
        else { return nil }
        self.init(kind, major: UInt32(numbers[0]), minor: UInt32(numbers[1]), access: String(parts[2]))
    }
}
