import Engine
import Foundation
import Harness
import LinuxSystem
import Synchronization

@testable import Networking

/// A server that tells everybody by which address it sees him.
final class TellingServer {
    private final class Life: Sendable {
        let isOver = Atomic<Bool>(false)
        let listeners: [BoundPort]
        init(_ listeners: [BoundPort]) { self.listeners = listeners }
    }
    private let life: Life

    /// Listens in a namespace, in both families or at one address.
    init(
        _ host: PrivateHost, _ port: UInt16, _ transport: TransportProtocol = .tcp, at address: IPAddress? = nil,
        saying words: String? = nil
    ) throws {
        let wish = PortMapping(
            hostAddress: address, hostPorts: port...port, container: ExposedPort(port, transport))
        let life = Life(try host.space.inside { try PortBinder().bind([wish]) })
        self.life = life
        for index in life.listeners.indices {
            Thread.detachNewThread {
                let fd = life.listeners[index].listener.rawValue
                var limit = timeval(tv_sec: 0, tv_usec: 50_000)
                setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
                while !life.isOver.load(ordering: .relaxed) { Self.answer(fd, transport, words) }
            }
        }
    }

    deinit { life.isOver.store(true, ordering: .relaxed) }

    private static func answer(_ fd: Int32, _ transport: TransportProtocol, _ words: String?) {
        var address = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { peer in
                if transport == .tcp {
                    let client = accept(fd, peer, &size)
                    guard client >= 0 else { return }
                    let text = words ?? Peer.text(peer, size)
                    send(client, text, text.utf8.count, Int32(MSG_NOSIGNAL))
                    close(client)
                } else {
                    var byte: UInt8 = 0
                    guard recvfrom(fd, &byte, 1, 0, peer, &size) >= 0 else { return }
                    let text = words ?? Peer.text(peer, size)
                    sendto(fd, text, text.utf8.count, 0, peer, size)
                }
            }
        }
    }
}

enum Peer {
    static func text(_ address: UnsafePointer<sockaddr>, _ size: socklen_t) -> String {
        var name = [CChar](repeating: 0, count: 64)
        guard getnameinfo(address, size, &name, 64, nil, 0, NI_NUMERICHOST) == 0 else { return "?" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension PrivateHost {
    /// What a server at the address says to somebody in this namespace; `nil` when nobody answers, which takes longer to be sure of
    /// than `patiently` not.
    func ask(
        _ address: String, _ port: UInt16, _ transport: TransportProtocol = .tcp, patiently: Bool = true
    ) throws -> String? {
        try space.inside {
            var hints = addrinfo()
            hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
            hints.ai_socktype = Int32(transport == .tcp ? SOCK_STREAM.rawValue : SOCK_DGRAM.rawValue)
            var found: UnsafeMutablePointer<addrinfo>?
            guard getaddrinfo(address, "\(port)", &hints, &found) == 0, let found else {
                throw HarnessError("\(address) is no address")
            }
            defer { freeaddrinfo(found) }
            let fd = socket(found.pointee.ai_family, found.pointee.ai_socktype, 0)
            guard fd >= 0 else { throw HarnessError("no socket") }
            defer { close(fd) }
            var limit = timeval(tv_sec: patiently ? 5 : 0, tv_usec: 500_000)
            for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
                setsockopt(fd, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
            }
            guard connect(fd, found.pointee.ai_addr, found.pointee.ai_addrlen) == 0 else { return nil }
            if transport == .udp { send(fd, "?", 1, 0) }
            var buffer = [UInt8](repeating: 0, count: 64)
            let count = recv(fd, &buffer, 64, 0)
            return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : nil
        }
    }
}
