import CLinux
import Engine
import Glibc
import LinuxSystem

/// The leases of one network: `<run root>/networks/<network id>/<container id>`, one file a container that is on it.
///
/// A file counts as long as somebody holds the open-file-description lock on it, which the container's monitor does, and
/// which the kernel ends with it. Addresses are given out, and stale files swept, under the lock file `.lock`.
public struct LeaseDirectory: Sendable {
    /// The directory, for the wire's `sph_link.names`.
    public let path: String
    /// The network.
    public let network: NetworkID
    /// The directory of run-time files that it lies beneath.
    public let runRoot: String

    /// The leases of a network beneath `<run root>`.
    public init(runRoot: String, network: NetworkID) {
        self.runRoot = runRoot
        path = "\(runRoot)/networks/\(network)"
        self.network = network
    }

    /// The leases of every network that has a directory.
    public static func all(runRoot: String) -> [LeaseDirectory] {
        let entries = (try? Files.list("\(runRoot)/networks")) ?? []
        return entries.filter { Self.isIdentifier($0.name) }.map {
            LeaseDirectory(runRoot: runRoot, network: NetworkID(rawValue: $0.name))
        }
    }

    /// Where a container's lease lies.
    public func path(of container: ContainerID) -> String { "\(path)/\(container)" }

    /// The leases that are true now, by the container's name.
    public func leases() -> [Lease] {
        let entries = (try? Files.list(path)) ?? []
        return entries.compactMap { entry in
            Self.isIdentifier(entry.name) ? lease(of: ContainerID(rawValue: entry.name)) : nil
        }.sorted {
            ($0.endpoint.containerName, $0.endpoint.containerID) < ($1.endpoint.containerName, $1.endpoint.containerID)
        }
    }

    /// A container's lease, if it is true now.
    public func lease(of container: ContainerID) -> Lease? {
        guard let file = try? OwnedDescriptor.open(path(of: container)), sph_ofd_is_locked(file.rawValue) == 1
        else { return nil }
        return read(file, container)
    }

    /// Reads until the text is whole: a writer is between two system calls for some microseconds at most.
    func read(_ file: borrowing OwnedDescriptor, _ container: ContainerID) -> Lease? {
        for attempt in 0..<50 {
            if attempt > 0 { usleep(200) }
            var buffer = [UInt8](repeating: 0, count: Self.sizeLimit)
            let count = buffer.withUnsafeMutableBytes { try? file.pread(into: $0) }
            guard let count else { return nil }
            let text = String(decoding: buffer.prefix(count), as: UTF8.self)
            if let lease = Lease(text: text, network: network, container: container) { return lease }
        }
        return nil
    }

    /// No lease of a sane container is longer: some hundred aliases and ports.
    static let sizeLimit = 64 << 10

    static func isIdentifier(_ name: String) -> Bool {
        name.utf8.count == 64 && name.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
