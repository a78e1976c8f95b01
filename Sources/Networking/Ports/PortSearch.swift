import CLinux
import Engine
import Glibc
import LinuxSystem

/// Finds a number for one wish that is free in all of its families, and binds it.
struct PortSearch {
    let binder: PortBinder
    let wish: PortMapping

    func bind() throws(EngineError) -> [BoundPort] {
        guard let wanted = wish.hostPorts, wanted != 0...0 else { return try bindAny() }
        var first: Refusal?
        for number in wanted where number > 0 {
            do throws(Refusal) { return try bind(number) } catch { first = first ?? error }
        }
        throw sentence(first, wanted)
    }

    /// What kept a number from being bound.
    private struct Refusal: Error {
        var address: IPAddress
        var number: UInt16
        var error: SystemError
    }

    private var addresses: [IPAddress] {
        if let address = wish.hostAddress ?? binder.bindAddress { return [address] }
        return [.v4(0), .v6(0, 0)]
    }

    /// The kernel chooses for the first family, and the second must have the same.
    private func bindAny() throws(EngineError) -> [BoundPort] {
        var last: Refusal?
        for _ in 0..<64 {
            do throws(Refusal) { return try bind(0) } catch {
                last = error
                if error.error.number != EADDRINUSE { break }
            }
        }
        throw sentence(last, 0...0)
    }

    private func bind(_ wanted: UInt16) throws(Refusal) -> [BoundPort] {
        var number = wanted
        var bound: [BoundPort] = []
        for address in addresses {
            do throws(SystemError) {
                let listener = try listen(on: address, number)
                if number == 0 { number = UInt16(truncatingIfNeeded: max(0, sph_socket_port(listener.rawValue))) }
                let port = PublishedPort(hostAddress: address, hostPort: number, container: wish.container)
                bound.append(BoundPort(port: port, listener: listener))
            } catch {
                // A host without IPv6 is none without ports.
                let isLacking = error.number == EAFNOSUPPORT || error.number == EADDRNOTAVAIL
                if isLacking, address == .v6(0, 0), !bound.isEmpty { continue }
                throw Refusal(address: address, number: number, error: error)
            }
        }
        return bound
    }

    private func listen(on address: IPAddress, _ number: UInt16) throws(SystemError) -> OwnedDescriptor {
        var place = sph_listen()
        let bytes = address.bytes
        withUnsafeMutableBytes(of: &place.address) { $0.copyBytes(from: bytes) }
        place.port = number
        place.is_v6 = address.isIPv4 ? 0 : 1
        place.is_udp = wish.container.transport == .udp ? 1 : 0
        let fd = sph_listen_on(&place, 4096)
        guard fd >= 0 else { throw SystemError.last("bind") }
        return OwnedDescriptor(owning: fd)
    }

    private func sentence(_ refusal: Refusal?, _ wanted: ClosedRange<UInt16>) -> EngineError {
        guard let refusal else {
            return EngineError(.invalidArgument, "no port is left to publish \(wish.container) on")
        }
        let host = refusal.address.isIPv4 ? "\(refusal.address)" : "[\(refusal.address)]"
        let place =
            wanted.count == 1 ? "\(host):\(refusal.number)" : "\(host):\(wanted.lowerBound)-\(wanted.upperBound)"
        let what = "cannot publish port \(place) for \(wish.container)"
        switch refusal.error.number {
        case EADDRINUSE:
            guard wanted.count == 1 else { return EngineError(.conflict, "\(what): all of these ports are taken") }
            let holder = PortHolder.find(
                refusal.number, wish.container.transport, at: refusal.address, naming: binder.holderName)
            return EngineError(
                .conflict, "\(what): the port is taken\(holder.map { " by \($0)" } ?? "")",
                hint: "choose another port, or stop who holds it")
        case EACCES:
            return EngineError(
                .unsupported, "\(what): ports below 1024 are the system's",
                hint: "choose a higher port, or let everybody use lower ones: "
                    + "sysctl net.ipv4.ip_unprivileged_port_start=\(refusal.number)")
        case EADDRNOTAVAIL: return EngineError(.invalidArgument, "\(what): this host has no address \(refusal.address)")
        default: return EngineError(.system, what, cause: refusal.error)
        }
    }
}
