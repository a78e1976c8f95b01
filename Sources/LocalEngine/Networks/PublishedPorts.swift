import Engine
import LinuxSystem
import Networking

/// The published ports of a running container in the order of its start: the file `ports` in its directory, a line each.
///
/// Leases tell others of them; but a container that was taken off its last network has none, and its ports come back with
/// the next one.
enum PublishedPorts {
    static func write(_ ports: [PublishedPort], to path: String) throws(SystemError) {
        if ports.isEmpty { return try Files.remove(path) }
        let lines = ports.map { "\($0.hostAddress) \($0.hostPort) \($0.container)\n" }
        try Files.writeAtomically(Array(lines.joined().utf8), to: path, mode: 0o640)
    }

    static func read(_ path: String) -> [PublishedPort] {
        guard let text = try? Files.readText(path, limit: 1 << 20) else { return [] }
        return text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count == 3, let address = IPAddress(words[0]), let number = UInt16(words[1]),
                let container = ExposedPort(words[2])
            else { return nil }
            return PublishedPort(hostAddress: address, hostPort: number, container: container)
        }
    }
}
