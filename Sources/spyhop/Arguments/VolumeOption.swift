import Engine

/// `-v host:container[:options]`.
enum VolumeOption {
    /// The mount. Relative host paths are taken from `directory`.
    /// - Throws: `EngineError` `.invalidArgument`, or `.unsupported` for named and anonymous volumes.
    static func parse(_ text: String, directory: String) throws -> MountSpec {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 2 else {
            throw EngineError(
                .unsupported, "--volume \(text) asks for an anonymous volume, which there is not yet",
                hint: "name a directory of the host: /path/on/host:\(text)")
        }
        guard parts.count <= 3, !parts[0].isEmpty, !parts[1].isEmpty else {
            throw EngineError(
                .invalidArgument, "--volume \"\(text)\" is not of the form host:container[:options]")
        }
        guard parts[0].hasPrefix("/") || parts[0].hasPrefix(".") || parts[0].hasPrefix("~") else {
            throw EngineError(
                .unsupported, "--volume \(text) asks for the named volume \"\(parts[0])\", which there is not yet",
                hint: "for a directory here write ./\(parts[0])")
        }
        guard parts[1].hasPrefix("/"), parts[1] != "/" else {
            throw EngineError(
                .invalidArgument, "--volume \(text) wants an absolute path in the container other than /")
        }
        var mount = MountSpec(
            source: .bind(path: HostPath.absolute(parts[0], in: directory), createMissing: true),
            target: HostPath.absolute(parts[1], in: "/"))
        if parts.count == 3 {
            for option in parts[2].split(separator: ",") { try apply(String(option), to: &mount, of: text) }
        }
        return mount
    }

    private static func apply(_ option: String, to mount: inout MountSpec, of text: String) throws {
        switch option {
        case "ro", "readonly": mount.readOnly = true
        case "rw": mount.readOnly = false
        // Labels for SELinux, and Docker Desktop's consistency: nothing to do where neither is.
        case "z", "Z", "consistent", "cached", "delegated", "nocopy": break
        default:
            guard let propagation = MountSpec.Propagation(rawValue: option) else {
                throw EngineError(
                    .invalidArgument, "--volume \(text) has an unknown option \"\(option)\"",
                    hint: "options are ro, rw, z, Z, private, rprivate, slave, rslave, shared, rshared")
            }
            mount.propagation = propagation
        }
    }
}
