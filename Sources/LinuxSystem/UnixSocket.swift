import CLinux
import Glibc

/// Stream sockets in the file system (unix(7)).
public enum UnixSocket {
    /// Connects, also to paths longer than `sun_path`'s 107 bytes: the name is then reached through the open directory,
    /// `/proc/self/fd/N/name`.
    public static func connect(_ path: String) throws(SystemError) -> OwnedDescriptor {
        let socket = try make(path)
        if path.utf8.count < 108 {
            try connect(socket, address: path, path: path)
        } else {
            let directory = try OwnedDescriptor.open(Files.directory(of: path), OwnedDescriptor.pathOnly | O_DIRECTORY)
            let name = path.split(separator: "/").last ?? ""
            try connect(socket, address: "/proc/self/fd/\(directory.rawValue)/\(name)", path: path)
        }
        return socket
    }

    /// Connects to a name that is in no file system (abstract, unix(7)); it is given without the NUL in front.
    public static func connect(abstract name: String) throws(SystemError) -> OwnedDescriptor {
        let socket = try make("@" + name)
        let bytes = [0] + Array(name.utf8)
        try connect(socket, bytes, length: nameOffset + bytes.count, path: "@" + name)
        return socket
    }

    /// Listens at the path, for this user alone; what lies there is taken away first. Paths longer than `sun_path` are
    /// reached as by `connect`.
    public static func listen(_ path: String) throws(SystemError) -> OwnedDescriptor {
        let socket = try make(path)
        let directory = try OwnedDescriptor.open(Files.directory(of: path), OwnedDescriptor.pathOnly | O_DIRECTORY)
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        guard unlinkat(directory.rawValue, name, 0) == 0 || errno == ENOENT else {
            throw SystemError.last("unlink", path)
        }
        let bytes = Array((path.utf8.count < 108 ? path : "/proc/self/fd/\(directory.rawValue)/\(name)").utf8)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw SystemError(ENAMETOOLONG, "bind", path)
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        // The socket file takes its mode from the socket's own.
        guard fchmod(socket.rawValue, 0o600) == 0 else { throw SystemError.last("fchmod", path) }
        let fd = socket.rawValue
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                Glibc.bind(fd, pointer, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0 else { throw SystemError.last("bind", path) }
        guard Glibc.listen(fd, 128) == 0 else { throw SystemError.last("listen", path) }
        return socket
    }

    private static func make(_ path: String) throws(SystemError) -> OwnedDescriptor {
        let fd = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard fd >= 0 else { throw SystemError.last("socket", path) }
        return OwnedDescriptor(owning: fd)
    }

    private static func connect(
        _ socket: borrowing OwnedDescriptor, address text: String, path: String
    ) throws(SystemError) {
        try connect(socket, Array(text.utf8), length: MemoryLayout<sockaddr_un>.size, path: path)
    }

    private static let nameOffset = MemoryLayout<sa_family_t>.size

    private static func connect(
        _ socket: borrowing OwnedDescriptor, _ bytes: [UInt8], length: Int, path: String
    ) throws(SystemError) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw SystemError(ENAMETOOLONG, "connect", path)
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let fd = socket.rawValue
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                retrying { Glibc.connect(fd, pointer, socklen_t(length)) }
            }
        }
        guard result == 0 else { throw SystemError.last("connect", path) }
    }
}
