import Engine
import Glibc
import LinuxSystem

/// Who has a socket on a port: its inode in /proc/net/{tcp,udp}{,6}, and the process whose descriptor it is.
enum PortHolder {
    /// In words; `nil` when it cannot be found, as other users' processes for an ordinary user.
    static func find(
        _ port: UInt16, _ transport: TransportProtocol, at address: IPAddress, naming: (pid_t) -> String?
    ) -> String? {
        let inodes = SocketTable.inodes(port, transport, at: address)
        guard !inodes.isEmpty else { return nil }
        let pids = holders(of: inodes)
        // The kernel's descriptor is everybody's who inherited it; a monitor of ours says most.
        for pid in pids { if let name = naming(pid) { return name } }
        guard let pid = pids.first else { return nil }
        return "process \(pid)\(program(pid).map { " (\($0))" } ?? "")"
    }

    private static func holders(of inodes: Set<UInt64>) -> [pid_t] {
        let names = Set(inodes.map { "socket:[\($0)]" })
        let pids = ((try? Files.list("/proc")) ?? []).compactMap { pid_t($0.name) }.sorted()
        return pids.filter { pid in
            let descriptors = (try? Files.list("/proc/\(pid)/fd")) ?? []
            return descriptors.contains { names.contains(link("/proc/\(pid)/fd/\($0.name)") ?? "") }
        }
    }

    private static func link(_ path: String) -> String? {
        let bytes = [UInt8](unsafeUninitializedCapacity: 128) { buffer, count in
            let length = buffer.baseAddress.map {
                readlink(path, UnsafeMutableRawPointer($0).assumingMemoryBound(to: CChar.self), 128)
            }
            count = max(0, length ?? 0)
        }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    private static func program(_ pid: pid_t) -> String? {
        guard let text = try? Files.readText("/proc/\(pid)/comm", limit: 64) else { return nil }
        return text.split(separator: "\n").first.map(String.init)
    }
}
