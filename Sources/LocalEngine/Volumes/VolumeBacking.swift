import Engine
import OCI

/// Where a volume's content comes from, by the local driver's options `type`, `device` and `o`, which are mount(8)'s.
///
/// Without a daemon nothing is mounted on the host: each container mounts it in its own mount namespace. What cannot be
/// mounted there is refused when the volume is made.
enum VolumeBacking: Sendable, Hashable {
    /// A directory of the volume's own.
    case directory
    /// A directory of the host.
    case bind(path: String, options: [String])
    /// Memory: every container has its own.
    case memory(options: [String])
    /// A file system on a block device.
    case device(path: String, type: String, options: [String])

    /// Reads the options.
    /// - Throws: `.invalidArgument` for what makes no sense, `.unsupported` for what needs a mount on the host.
    init(_ options: [String: String]) throws(EngineError) {
        let known: Set<String> = ["type", "device", "o"]
        if let key = options.keys.first(where: { $0 == "size" }) {
            throw EngineError(
                .unsupported, "volume option \(key) needs project quotas, which are not used here",
                hint: "a volume of type=tmpfs takes o=size=")
        }
        if let key = options.keys.sorted().first(where: { !known.contains($0) }) {
            throw EngineError(
                .invalidArgument, "there is no volume option \"\(key)\"", hint: "options are type, device and o")
        }
        let type = options["type"] ?? ""
        let device = options["device"] ?? ""
        let words = (options["o"] ?? "").split(separator: ",").map(String.init)
        if options.isEmpty {
            self = .directory
            return
        }
        guard !type.isEmpty else { throw EngineError(.invalidArgument, "a volume with options wants a type") }
        guard !(device + words.joined()).utf8.contains(0) else {
            throw EngineError(.invalidArgument, "a volume's options hold a NUL byte")
        }
        if type == "tmpfs" {
            self = .memory(options: words)
            return
        }
        if words.contains("bind") || words.contains("rbind") || type == "bind" {
            guard device.hasPrefix("/") else {
                throw EngineError(.invalidArgument, "a bound volume wants a device that is an absolute path")
            }
            self = .bind(path: device, options: words.filter { $0 != "bind" && $0 != "rbind" })
            return
        }
        self = try Self.fileSystem(type, device, words)
    }

    private static func fileSystem(
        _ type: String, _ device: String, _ words: [String]
    ) throws(EngineError) -> VolumeBacking {
        // These speak to a server through the network of whoever mounts, which is the container's.
        if ["nfs", "nfs4", "cifs", "smb3", "ceph", "glusterfs"].contains(type) {
            throw EngineError(
                .unsupported, "volumes of type \(type) would be mounted through the container's network",
                hint: "mount it on the host and use type=none,o=bind,device=DIRECTORY")
        }
        guard device.hasPrefix("/dev/"), !words.contains("loop") else {
            throw EngineError(
                .unsupported, "a volume of type \(type) wants a block device below /dev",
                hint: "for a directory use type=none,o=bind,device=DIRECTORY")
        }
        return .device(path: device, type: type, options: words)
    }
}
