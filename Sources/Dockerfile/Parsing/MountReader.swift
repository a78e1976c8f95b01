/// Reads `RUN --mount`.
struct MountReader {
    struct Failure: Error {
        let message: String
        var suggestion: String?

        init(_ message: String, suggestion: String? = nil) {
            self.message = message
            self.suggestion = suggestion
        }
    }

    /// Replaces variables; without it, options that have variables in them are left for later.
    let expand: ((String) throws(WordError) -> String)?

    private static let keys = [
        "type", "from", "source", "src", "target", "dst", "destination", "readonly", "ro", "readwrite", "rw", "id",
        "sharing", "required", "mode", "uid", "gid", "size", "env",
    ]

    func read(_ text: String) throws(Failure) -> RunMount {
        let fields = try Self.fields(text)
        // The type first: what the others may be depends on it, wherever it stands.
        var mount = RunMount(kind: .bind, original: text)
        var isKindKnown = true
        for (key, value) in fields where key == "type" {
            guard let value, let kind = try self.value(value) else {
                if value == nil { throw Failure("type of a mount needs a value: type=…") }
                isKindKnown = false
                continue
            }
            guard let known = RunMount.Kind(rawValue: kind.lowercased()) else {
                throw Failure(
                    "unsupported type of mount: \(quoted(kind))",
                    suggestion: Suggestion.sentence(kind, RunMount.Kind.allCases.map(\.rawValue)))
            }
            mount.kind = known
        }
        for (key, value) in fields where key != "type" { try set(key, value, in: &mount, isKindKnown: isKindKnown) }
        if isKindKnown { try check(mount) }
        return mount
    }

    private func value(_ text: String) throws(Failure) -> String? {
        guard let expand else { return text.contains("$") ? nil : text }
        do { return try expand(text) } catch { throw Failure(error.message) }
    }

    private func set(
        _ key: String, _ written: String?, in mount: inout RunMount, isKindKnown: Bool
    ) throws(Failure) {
        guard Self.keys.contains(key) else {
            throw Failure(
                "unexpected option of a mount: \(quoted(key))", suggestion: Suggestion.sentence(key, Self.keys))
        }
        guard let written else {
            switch key {
            case "readonly", "ro": mount.readOnly = true
            case "readwrite", "rw": mount.readOnly = false
            case "required":
                try require([.secret, .ssh], key, mount, isKindKnown)
                mount.required = true
            default: throw Failure("\(key) of a mount needs a value: \(key)=…")
            }
            return
        }
        if key == "from" {
            if expand == nil, written.contains("$") {
                throw Failure(
                    "variables are not expanded in from of a mount",
                    suggestion: "name the image in a stage of its own: FROM image AS name")
            }
            mount.from = written.isEmpty ? nil : written
            return
        }
        guard let value = try value(written) else {
            try setLater(key, written, in: &mount)
            return
        }
        try setText(key, value, in: &mount, isKindKnown: isKindKnown)
    }

    /// Texts stay as they are written until variables have values; all others wait.
    private func setLater(_ key: String, _ written: String, in mount: inout RunMount) throws(Failure) {
        switch key {
        case "source", "src": mount.source = written
        case "target", "dst", "destination": mount.target = written
        case "id": mount.id = written
        case "env": mount.environment = written
        default: break
        }
    }

    private func setText(
        _ key: String, _ value: String, in mount: inout RunMount, isKindKnown: Bool
    ) throws(Failure) {
        switch key {
        case "source", "src": mount.source = value
        case "target", "dst", "destination": mount.target = value
        case "id": mount.id = value
        case "env":
            try require([.secret], key, mount, isKindKnown)
            mount.environment = value
        case "readonly", "ro": mount.readOnly = try flag(key, value)
        case "readwrite", "rw": mount.readOnly = try !flag(key, value)
        case "required":
            try require([.secret, .ssh], key, mount, isKindKnown)
            mount.required = try flag(key, value)
        case "sharing":
            guard let sharing = RunMount.Sharing(rawValue: value.lowercased()) else {
                throw Failure(
                    "unsupported sharing of a mount: \(quoted(value))",
                    suggestion: Suggestion.sentence(value, RunMount.Sharing.allCases.map(\.rawValue)))
            }
            mount.sharing = sharing
        case "size":
            try require([.tmpfs], key, mount, isKindKnown)
            guard let size = ByteCount.bytes(value) else {
                throw Failure("size of a mount takes bytes such as 64m, not \(quoted(value))")
            }
            mount.size = size
        case "mode": mount.mode = try number(key, value, radix: 8)
        case "uid": mount.uid = try number(key, value, radix: 10)
        case "gid": mount.gid = try number(key, value, radix: 10)
        default: break
        }
    }

    private func flag(_ key: String, _ value: String) throws(Failure) -> Bool {
        guard let flag = boolean(value) else {
            throw Failure("\(key) of a mount takes true or false, not \(quoted(value))")
        }
        return flag
    }

    private func number(_ key: String, _ value: String, radix: Int) throws(Failure) -> UInt32 {
        guard value.utf8.allSatisfy(\.isDigit), let number = UInt32(value, radix: radix) else {
            throw Failure(
                "\(key) of a mount takes \(radix == 8 ? "an octal number" : "a number"), not \(quoted(value))")
        }
        return number
    }

    private func require(
        _ kinds: [RunMount.Kind], _ key: String, _ mount: RunMount, _ isKindKnown: Bool
    ) throws(Failure) {
        guard isKindKnown, !kinds.contains(mount.kind) else { return }
        throw Failure("\(key) is no option of a mount of type \(mount.kind.rawValue)")
    }

    private func check(_ mount: RunMount) throws(Failure) {
        let kind = mount.kind
        if kind == .bind || kind == .tmpfs {
            for (key, value) in [("mode", mount.mode), ("uid", mount.uid), ("gid", mount.gid)] where value != nil {
                throw Failure("\(key) is no option of a mount of type \(kind.rawValue)")
            }
        }
        if mount.sharing != nil, kind != .cache {
            throw Failure("sharing is no option of a mount of type \(kind.rawValue)")
        }
        guard kind == .secret else { return }
        if mount.from != nil { throw Failure("from is no option of a mount of type secret") }
        if mount.source == nil, mount.target == nil, mount.id == nil {
            throw Failure("a mount of type secret needs one of id, source, target")
        }
        if mount.source != nil, mount.id != nil { throw Failure("a secret cannot have both source and id") }
    }

    /// The fields of one line of comma-separated values: a field in double quotes may have commas in it.
    private static func fields(_ text: String) throws(Failure) -> [(key: String, value: String?)] {
        var fields: [String] = []
        var rest = Array(text.utf8)[...]
        repeat {
            if rest.first == .doubleQuote {
                fields.append(try quotedField(&rest))
                guard rest.isEmpty || rest.first == .comma else {
                    throw Failure("a mount's option goes on behind its closing quote")
                }
            } else {
                let field = rest.prefix { $0 != .comma }
                guard !field.contains(.doubleQuote) else {
                    throw Failure("a quote stands in the middle of a mount's option; quote the whole of it")
                }
                fields.append(field.text)
                rest = rest[field.endIndex...]
            }
        } while rest.popFirst() == .comma
        return fields.map { field in
            let pair = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(pair.first ?? "").lowercased(), pair.count == 2 ? String(pair[1]) : nil)
        }
    }

    private static func quotedField(_ rest: inout ArraySlice<UInt8>) throws(Failure) -> String {
        rest = rest.dropFirst()
        var field: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == .doubleQuote {
                // Two quotes are one.
                guard rest.first == .doubleQuote else { return field.text }
                rest = rest.dropFirst()
            }
            field.append(byte)
        }
        throw Failure("a quote in a mount's options is not closed")
    }
}

extension RunMount {
    /// The mount with variables replaced, read anew; an option may have got its value only by that.
    public func expanded(_ expand: (String) throws(WordError) -> String) throws(WordError) -> RunMount {
        let original = original
        return try withoutActuallyEscaping(expand) { (expand) throws(WordError) -> RunMount in
            do throws(MountReader.Failure) {
                return try MountReader(expand: expand).read(original)
            } catch {
                throw WordError(error.message + (error.suggestion.map { " (\($0))" } ?? ""))
            }
        }
    }
}
