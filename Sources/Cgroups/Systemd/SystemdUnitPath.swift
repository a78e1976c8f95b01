import Engine

/// What `cgroupsPath` names where systemd makes the cgroups: `slice:prefix:name`, as runc reads it.
public struct SystemdUnitPath: Sendable, Hashable {
    /// The slice, `system.slice` for instance.
    public let slice: String
    /// The scope, `prefix-name.scope`.
    public let unit: String

    /// Reads the path.
    /// - Parameters:
    ///   - cgroupsPath: `nil` and empty stand for the usual slice, `spyhop` and the container's name.
    ///   - id: the container's name.
    ///   - isUser: systemd is a user's, whose usual slice is another one.
    /// - Throws: `.invalidArgument` for what is none, `.unsupported` for a slice as a container's own unit.
    public init(_ cgroupsPath: String?, id: String, isUser: Bool) throws(EngineError) {
        let usual = isUser ? "user.slice" : "system.slice"
        guard let text = cgroupsPath, !text.isEmpty else {
            slice = usual
            unit = Self.scope(prefix: "spyhop", name: id)
            return
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, !parts[2].isEmpty, !text.contains("/") else {
            throw EngineError(
                .invalidArgument, "linux.cgroupsPath: '\(text)' is not slice:prefix:name, which systemd's cgroups need")
        }
        guard !parts[2].hasSuffix(".slice") else {
            throw EngineError(
                .unsupported, "linux.cgroupsPath: a container cannot be the slice '\(parts[2])' itself",
                hint: "name the slice in front, as in \(parts[2])::\(id)")
        }
        slice = parts[0].isEmpty ? usual : parts[0] == "-" ? "-.slice" : parts[0]
        unit = Self.scope(prefix: parts[1], name: parts[2])
        _ = try Self.expand(slice)
        guard unit.utf8.count <= 255 else {
            throw EngineError(.invalidArgument, "linux.cgroupsPath: the unit's name '\(unit)' is too long")
        }
    }

    /// Where the scope's cgroup is below systemd's own: `a-b.slice` lies in `a.slice` (systemd.slice(5)).
    public var cgroup: String { ((try? Self.expand(slice)) ?? "") + "/" + unit }

    /// The cgroup of a slice.
    /// - Throws: `.invalidArgument` when it is none.
    static func expand(_ slice: String) throws(EngineError) -> String {
        if slice == "-.slice" { return "" }
        let name = slice.hasSuffix(".slice") ? slice.dropLast(".slice".count) : ""
        let words = name.split(separator: "-", omittingEmptySubsequences: false)
        guard !name.isEmpty, !words.contains(""), name.utf8.allSatisfy(isUnitByte), slice.utf8.count <= 255 else {
            throw EngineError(.invalidArgument, "linux.cgroupsPath: '\(slice)' is no slice", hint: "as in system.slice")
        }
        return words.indices.map { "/" + words[...$0].joined(separator: "-") + ".slice" }.joined()
    }

    private static func scope(prefix: String, name: String) -> String {
        escaped(prefix.isEmpty ? name : "\(prefix)-\(name)") + ".scope"
    }

    /// Letters that no unit's name may have are written `\x2b`, as systemd-escape(1) does; containers' names may have a plus.
    private static func escaped(_ text: String) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isUnitByte(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "\\"), UInt8(ascii: "x"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isUnitByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        default: ":_.-@\\".utf8.contains(byte)
        }
    }
}
