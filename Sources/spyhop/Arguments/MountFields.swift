import Engine

/// The parts of a `--mount` option, by docker's names.
struct MountFields {
    /// The whole option, for messages.
    let text: String
    private(set) var type = "volume"
    private(set) var source: String?
    private(set) var target: String?
    private(set) var readOnly = false
    private(set) var propagation: MountSpec.Propagation?
    private(set) var recursion: MountSpec.Recursion?
    private(set) var createMissing = false
    private(set) var noCopy = false
    private(set) var subpath: String?
    private(set) var volume = VolumeSpec()
    private(set) var size: Int64?
    private(set) var mode: UInt32?
    /// Kinds of mount that some part is for: `bind`, `volume`, `tmpfs`.
    private var kinds: [String] = []

    init(text: String) { self.text = text }

    /// Takes one `key=value`, or a key that is a switch.
    mutating func read(_ part: String) throws {
        let equals = part.firstIndex(of: "=")
        let key = String(part[..<(equals ?? part.endIndex)]).lowercased()
        let value = equals.map { String(part[part.index(after: $0)...]) }
        if let kind = ["bind", "volume", "tmpfs"].first(where: { key.hasPrefix($0 + "-") }) { kinds.append(kind) }
        if try readSwitch(key, value) { return }
        guard let value else { throw refused("has the part \"\(part)\", which is no key=value") }
        try readValue(key, value, part)
    }

    private mutating func readSwitch(_ key: String, _ value: String?) throws -> Bool {
        switch key {
        case "readonly", "ro": readOnly = try flag(value)
        case "bind-nonrecursive": recursion = try flag(value) ? .disabled : recursion
        case "bind-create-src": createMissing = try flag(value)
        case "volume-nocopy": noCopy = try flag(value)
        default: return false
        }
        return true
    }

    private mutating func readValue(_ key: String, _ value: String, _ part: String) throws {
        switch key {
        case "type": type = value.lowercased()
        case "src", "source": source = value
        case "dst", "destination", "target": target = value
        // Docker Desktop's: nothing to do here.
        case "consistency": break
        case "bind-propagation":
            guard let known = MountSpec.Propagation(rawValue: value) else {
                throw refused("has an unknown propagation \"\(value)\"")
            }
            propagation = known
        case "bind-recursive":
            guard let known = MountSpec.Recursion(rawValue: value) else {
                throw refused("has an unknown bind-recursive \"\(value)\"", "enabled, disabled, writable or readonly")
            }
            recursion = known
        case "volume-subpath": subpath = value
        case "volume-driver": volume.driver = value
        case "volume-label":
            let pair = Self.pair(value)
            volume.labels[pair.key] = pair.value
        case "volume-opt":
            let pair = Self.pair(value)
            guard !pair.key.isEmpty, value.contains("=") else { throw refused("wants volume-opt=key=value") }
            volume.options[pair.key] = pair.value
        case "tmpfs-size": size = try ByteSize.bytes(value, for: "--mount tmpfs-size")
        case "tmpfs-mode": mode = try TmpfsOption.octal(value, for: "--mount tmpfs-mode")
        default:
            throw refused(
                "has an unknown part \"\(part)\"",
                "parts are type, src, dst, readonly, bind-propagation, bind-recursive, bind-create-src, volume-nocopy, "
                    + "volume-subpath, volume-driver, volume-label, volume-opt, tmpfs-size, tmpfs-mode")
        }
    }

    /// Refuses parts that are for another kind of mount, and combinations that mean nothing.
    func checkKinds() throws {
        guard ["bind", "volume", "tmpfs"].contains(type) else {
            throw refused("has an unknown type \"\(type)\"", "use type=bind, type=volume or type=tmpfs")
        }
        if let other = kinds.first(where: { $0 != type }) {
            throw refused("mixes \(other)-* parts into a mount of type \(type)")
        }
        switch recursion {
        case .writable? where !readOnly: throw refused("wants readonly with bind-recursive=writable")
        case .readonly? where !readOnly: throw refused("wants readonly with bind-recursive=readonly")
        case .readonly? where propagation != .rprivate:
            throw refused("wants bind-propagation=rprivate with bind-recursive=readonly")
        default: break
        }
        // A copy of what the image has would be cut off from a part of the volume.
        if let subpath, subpath.hasPrefix("/") || subpath.isEmpty {
            throw refused("wants a relative volume-subpath")
        }
        if source == nil || source?.isEmpty == true, type == "volume", subpath != nil {
            throw refused("wants a volume's name with volume-subpath")
        }
    }

    private static func pair(_ text: String) -> (key: String, value: String) {
        guard let equals = text.firstIndex(of: "=") else { return (text, "") }
        return (String(text[..<equals]), String(text[text.index(after: equals)...]))
    }

    private func flag(_ value: String?) throws -> Bool {
        guard let value else { return true }
        guard let truth = OptionWords.truth(value.lowercased()) else {
            throw refused("wants true or false, not \"\(value)\"")
        }
        return truth
    }

    private func refused(_ why: String, _ hint: String? = nil) -> EngineError {
        EngineError(.invalidArgument, "--mount \(text) \(why)", hint: hint)
    }
}
