import Engine
import Glibc
import LinuxSystem
import OCI

/// A bundle's configuration, read, checked, and with every path made absolute.
struct BundleSpec {
    /// The bundle's directory.
    let bundle: String
    /// The file's content.
    let bytes: [UInt8]
    let spec: Spec
    /// Sentences for the person.
    let warnings: [String]

    /// Reads `config.json` in a bundle.
    /// - Throws: `.notFound` without the file, `.invalidArgument` with the paths of all that is wrong in it.
    static func load(bundle: String, host: SpecHost) throws(EngineError) -> BundleSpec {
        guard let directory = realpath(bundle, nil) else {
            throw EngineError(.notFound, "cannot find the bundle", cause: SystemError.last("open", bundle))
        }
        defer { free(directory) }
        let place = String(cString: directory)
        let path = place + "/config.json"
        let bytes: [UInt8]
        do throws(SystemError) { bytes = try Files.read(path, limit: 64 << 20) } catch {
            throw EngineError(.notFound, "the bundle has no readable config.json", cause: error)
        }
        var spec = try Spec.read(bytes, name: path)
        let warnings = try SpecCheck.warnings(of: spec, on: host, name: path)
        normalise(&spec, bundle: place)
        try checkRoot(spec.root?.path ?? place)
        return BundleSpec(bundle: place, bytes: bytes, spec: spec, warnings: warnings)
    }

    /// Makes paths absolute: the root's from the bundle, mounts' from the container's root.
    static func normalise(_ spec: inout Spec, bundle: String) {
        if let root = spec.root, !root.path.hasPrefix("/") { spec.root?.path = "\(bundle)/\(root.path)" }
        for (index, mount) in (spec.mounts ?? []).enumerated() {
            if !mount.destination.hasPrefix("/") { spec.mounts?[index].destination = "/" + mount.destination }
            // A bind's source is the host's, and relative to the bundle (runtime-spec, config.md, "Mounts").
            if mount.isBind, let source = mount.source, !source.isEmpty, !source.hasPrefix("/") {
                spec.mounts?[index].source = "\(bundle)/\(source)"
            }
        }
    }

    private static func checkRoot(_ path: String) throws(EngineError) {
        let facts: FileStatus?
        do throws(SystemError) { facts = try Files.status(path, followLink: true) } catch {
            throw EngineError(.system, "root.path: cannot look at the root file system", cause: error)
        }
        guard let facts else {
            throw EngineError(.notFound, "root.path: there is no root file system at \(path)")
        }
        guard facts.isDirectory else {
            throw EngineError(.invalidArgument, "root.path: \(path) is not a directory")
        }
    }
}

extension SpecHost {
    /// Looks at the host.
    public static func detect(usesSystemd: Bool) -> SpecHost {
        SpecHost(
            capabilities: Set(Capability.allCases.map(\.name)),
            hasAppArmor: (try? Files.readText("/sys/module/apparmor/parameters/enabled", limit: 16))?.first == "Y",
            hasSELinux: Files.exists("/sys/fs/selinux/enforce"), hasIntelRdt: Files.exists("/sys/fs/resctrl/schemata"),
            usesSystemd: usesSystemd)
    }
}
