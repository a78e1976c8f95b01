import Engine

/// `--mount type=bind,src=…,dst=…`.
enum MountOption {
    /// The mount. Relative sources are taken from `directory`.
    /// - Throws: `EngineError` `.invalidArgument`, or `.unsupported` for volumes.
    static func parse(_ text: String, directory: String) throws -> MountSpec {
        var fields = Fields()
        for part in text.split(separator: ",") { try fields.read(part, of: text) }
        guard let target = fields.target, target.hasPrefix("/"), target != "/" else {
            throw EngineError(
                .invalidArgument, "--mount \(text) wants an absolute target other than /", hint: "add dst=/path")
        }
        let source: MountSpec.Source
        switch fields.type {
        case "bind":
            guard let path = fields.source, !path.isEmpty else {
                throw EngineError(.invalidArgument, "--mount \(text) wants a source", hint: "add src=/path")
            }
            guard fields.size == nil, fields.mode == nil else {
                throw EngineError(.invalidArgument, "--mount \(text) mixes tmpfs options into a bind mount")
            }
            source = .bind(path: HostPath.absolute(path, in: directory), createMissing: fields.createMissing)
        case "tmpfs":
            guard fields.source == nil, fields.propagation == nil else {
                throw EngineError(.invalidArgument, "--mount \(text) gives a tmpfs a source or a propagation")
            }
            source = .tmpfs(size: fields.size, mode: fields.mode)
        case "volume":
            throw EngineError(
                .unsupported, "--mount \(text) asks for a volume, which there is not yet",
                hint: "use type=bind or type=tmpfs")
        default:
            throw EngineError(
                .invalidArgument, "--mount \(text) has an unknown type \"\(fields.type)\"",
                hint: "use type=bind or type=tmpfs")
        }
        return MountSpec(
            source: source, target: HostPath.absolute(target, in: "/"), readOnly: fields.readOnly,
            propagation: fields.propagation ?? .rprivate)
    }

    private struct Fields {
        var type = "volume"
        var source: String?
        var target: String?
        var readOnly = false
        var propagation: MountSpec.Propagation?
        var size: Int64?
        var mode: UInt32?
        var createMissing = false

        mutating func read(_ part: Substring, of text: String) throws {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let value = pair.count == 2 ? pair[1] : nil
            switch (pair[0].lowercased(), value) {
            case ("type", let value?): type = value
            case ("src", let value?), ("source", let value?): source = value
            case ("dst", let value?), ("destination", let value?), ("target", let value?): target = value
            case ("readonly", _), ("ro", _): readOnly = try flag(value, of: text)
            case ("bind-create-src", _): createMissing = try flag(value, of: text)
            case ("consistency", _?): break
            case ("bind-propagation", let value?):
                guard let known = MountSpec.Propagation(rawValue: value) else {
                    throw EngineError(.invalidArgument, "--mount \(text) has an unknown propagation \"\(value)\"")
                }
                propagation = known
            case ("tmpfs-size", let value?): size = try ByteSize.bytes(value, for: "--mount tmpfs-size")
            case ("tmpfs-mode", let value?): mode = try TmpfsOption.octal(value, for: "--mount tmpfs-mode")
            default:
                throw EngineError(
                    .invalidArgument, "--mount \(text) has an unknown part \"\(part)\"",
                    hint: "parts are type, src, dst, readonly, bind-propagation, tmpfs-size, tmpfs-mode")
            }
        }

        private func flag(_ value: String?, of text: String) throws -> Bool {
            switch value?.lowercased() {
            case nil, "true", "1", "t": return true
            case "false", "0", "f": return false
            case let value?:
                throw EngineError(.invalidArgument, "--mount \(text) wants true or false, not \"\(value)\"")
            }
        }
    }
}
