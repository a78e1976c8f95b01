import Engine

/// `-v [source:]target[:options]` (`--volume`).
enum VolumeOption {
    /// The mount: a directory of the host, a volume by its name, or an anonymous volume. Relative host paths, which begin with
    /// a dot or a tilde, are taken from `directory`.
    /// - Throws: `EngineError` `.invalidArgument`.
    static func parse(_ text: String, directory: String) throws -> MountSpec {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 3, parts.allSatisfy({ !$0.isEmpty }) else {
            throw EngineError(
                .invalidArgument, "--volume \"\(text)\" is not of the form [source:]target[:options]")
        }
        guard parts.count > 1 else {
            return MountSpec(
                source: .volume(MountSpec.VolumeMount(name: nil)), target: try target(parts[0], of: text),
                origin: .volumeOption(mode: ""))
        }
        let target = try target(parts[1], of: text)
        let mode = parts.count == 3 ? parts[2] : ""
        let isPath = parts[0].hasPrefix("/") || parts[0].hasPrefix(".") || parts[0].hasPrefix("~")
        var mount = MountSpec(
            source: isPath
                ? .bind(path: HostPath.absolute(parts[0], in: directory), createMissing: true)
                : .volume(MountSpec.VolumeMount(name: try name(parts[0], of: text))),
            target: target, origin: .volumeOption(mode: mode))
        var seen: Set<String> = []
        for option in mode.split(separator: ",") {
            guard let kind = try apply(String(option), to: &mount, of: text), seen.insert(kind).inserted else {
                throw unknown(String(option), of: text)
            }
        }
        return mount
    }

    private static func target(_ path: String, of text: String) throws -> String {
        guard path.hasPrefix("/") else {
            throw EngineError(
                .invalidArgument, "--volume \(text) wants an absolute path in the container, not \"\(path)\"")
        }
        let target = HostPath.absolute(path, in: "/")
        guard target != "/" else {
            throw EngineError(.invalidArgument, "--volume \(text) would hide the container's root")
        }
        return target
    }

    private static func name(_ name: String, of text: String) throws -> String {
        let allowed = name.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2E, 0x2D: true
            default: false
            }
        }
        guard allowed, name.utf8.count > 1, name.utf8.first != 0x5F, name.utf8.first != 0x2D else {
            throw EngineError(
                .invalidArgument,
                "--volume \(text): \"\(name)\" is no name for a volume, which takes two or more of [a-zA-Z0-9_.-]",
                hint: "for a directory here write ./\(name)")
        }
        return name
    }

    /// - Returns: what kind of option it was, of which one may be given; `nil` for none.
    private static func apply(_ option: String, to mount: inout MountSpec, of text: String) throws -> String? {
        switch option {
        case "ro", "readonly":
            mount.readOnly = true
            return "access"
        case "rw":
            return "access"
        // Labels for SELinux, and Docker Desktop's consistency: nothing to do where neither is.
        case "z", "Z": return "label"
        case "consistent", "cached", "delegated": return "consistency"
        case "nocopy", "volume-nocopy":
            guard case .volume(var volume) = mount.source else { return nil }
            volume.noCopy = true
            mount.source = .volume(volume)
            return "copy"
        default:
            guard let propagation = MountSpec.Propagation(rawValue: option), case .bind = mount.source else {
                return nil
            }
            mount.propagation = propagation
            return "propagation"
        }
    }

    private static func unknown(_ option: String, of text: String) -> EngineError {
        EngineError(
            .invalidArgument, "--volume \(text) has an unknown or repeated option \"\(option)\"",
            hint: "options are ro, rw, z, Z; nocopy for volumes; "
                + "private, rprivate, slave, rslave, shared, rshared for directories of the host")
    }
}
