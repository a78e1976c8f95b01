import Engine

/// `--mount type=bind,src=…,dst=…`.
enum MountOption {
    /// The mount. Relative sources of binds are taken from `directory`.
    /// - Throws: `EngineError` `.invalidArgument`.
    static func parse(_ text: String, directory: String) throws -> MountSpec {
        var fields = MountFields(text: text)
        for part in try CommaFields.split(text) { try fields.read(part) }
        try fields.checkKinds()
        guard let target = fields.target, target.hasPrefix("/"), HostPath.absolute(target, in: "/") != "/" else {
            throw EngineError(
                .invalidArgument, "--mount \(text) wants an absolute target other than /", hint: "add dst=/path")
        }
        return MountSpec(
            source: try source(fields, directory), target: HostPath.absolute(target, in: "/"),
            readOnly: fields.readOnly, propagation: fields.propagation ?? .rprivate,
            recursion: fields.recursion, origin: .mountOption)
    }

    private static func source(_ fields: MountFields, _ directory: String) throws -> MountSpec.Source {
        switch fields.type {
        case "bind":
            guard let path = fields.source, !path.isEmpty else {
                throw EngineError(.invalidArgument, "--mount \(fields.text) wants a source", hint: "add src=/path")
            }
            return .bind(path: HostPath.absolute(path, in: directory), createMissing: fields.createMissing)
        case "tmpfs":
            guard fields.source == nil else {
                throw EngineError(.invalidArgument, "--mount \(fields.text) gives a tmpfs a source")
            }
            return .tmpfs(size: fields.size, mode: fields.mode)
        default:
            var volume = MountSpec.VolumeMount(
                name: fields.source.flatMap { $0.isEmpty ? nil : $0 }, noCopy: fields.noCopy, subpath: fields.subpath,
                spec: fields.volume)
            volume.spec.name = volume.name
            guard volume.name?.contains("/") != true else {
                throw EngineError(
                    .invalidArgument, "--mount \(fields.text) wants a volume's name, not a path",
                    hint: "use type=bind for a directory of the host")
            }
            return .volume(volume)
        }
    }
}
