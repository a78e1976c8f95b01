import CLinux
import CMonitorWire

extension Plan {
    /// Far more descriptors than any container's networks and ports; keeps a wrong plan from closing nothing.
    private static let mostPassed: UInt32 = 1 << 20

    /// Whether a plan has anything of a network; only SPH_MODE_RUN may.
    var hasNetwork: Bool {
        header.mode == SPH_MODE_RUN.rawValue
            && header.links.length | header.ports.length | header.firewall.length | header.name_rules.length != 0
    }

    /// Whether all that the header says of networks is what it should be.
    var networkIsSound: Bool {
        guard header.mode == SPH_MODE_RUN.rawValue else { return true }
        guard header.passed <= Self.mostPassed, isIndex(header.network_home) else { return false }
        guard blob.isArray(header.links, of: sph_link.self), blob.isArray(header.ports, of: sph_port.self),
            blob.isArray(header.resolvers, of: sph_address.self), blob.isBytes(header.firewall),
            blob.isBytes(header.name_rules), header.firewall.length <= NetlinkBatch.largest,
            header.name_rules.length <= NetlinkBatch.largest
        else { return false }
        // Sockets in the container's namespace are made before its first step: there must be one of its own by then.
        let needsNamespace = header.links.length | header.name_rules.length != 0
        guard !needsNamespace || header.clone_flags & MONITOR_NEW_NETWORK != 0 else { return false }
        for index in 0..<blob.itemCount(header.links, of: sph_link.self) {
            let link = blob.item(header.links, at: index, as: sph_link.self)
            guard link.isSound(in: blob), isIndex(link.lease) else { return false }
        }
        for index in 0..<blob.itemCount(header.ports, of: sph_port.self) {
            let port = blob.item(header.ports, at: index, as: sph_port.self)
            guard port.listener >= 0, isIndex(port.listener), port.target.isSound,
                port.protocol == UInt32(IPPROTO_TCP) || port.protocol == UInt32(IPPROTO_UDP)
            else { return false }
        }
        return blob.areAddresses(header.resolvers)
    }

    /// Throws EBADF unless every descriptor that the plan speaks of was passed.
    func checkPassed() throws(SystemError) {
        guard header.mode == SPH_MODE_RUN.rawValue else { return }
        for index in 0..<Int32(truncatingIfNeeded: header.passed) where monitor_is_open(Self.passed(index)) == 0 {
            throw SystemError(code: EBADF)
        }
    }

    /// The descriptor of an index; -1 for none.
    static func passed(_ index: Int32) -> Int32 { index < 0 ? -1 : Int32(SPH_FD_PASSED.rawValue) + index }

    private func isIndex(_ index: Int32) -> Bool {
        index == -1 || (index >= 0 && UInt32(bitPattern: index) < header.passed)
    }
}

extension sph_link {
    /// Whether its spans are what they should be within `blob`, and its patches within its messages.
    func isSound(in blob: Blob) -> Bool {
        guard blob.isString(network), network.length > 0, blob.isString(lease_path), blob.isString(names),
            blob.isBytes(outer), blob.isBytes(inner), blob.isBytes(removal), blob.isArray(patches, of: UInt32.self),
            outer.length <= NetlinkBatch.largest, inner.length <= NetlinkBatch.largest,
            removal.length <= NetlinkBatch.largest
        else { return false }
        for index in 0..<blob.itemCount(patches, of: UInt32.self) {
            guard Int(blob.item(patches, at: index, as: UInt32.self)) + 4 <= Int(outer.length) else { return false }
        }
        return NetlinkBatch.isWhole(blob.bytes(outer)) && NetlinkBatch.isWhole(blob.bytes(inner))
            && NetlinkBatch.isWhole(blob.bytes(removal))
    }
}

extension sph_address {
    /// Whether it is of a family that is known, or nowhere.
    var isSound: Bool { family == 0 || family == UInt8(AF_INET) || family == UInt8(AF_INET6) }

    /// As system calls want it.
    var endpoint: monitor_endpoint {
        monitor_endpoint(bytes: bytes, port: port, family: UInt16(family), scope: scope)
    }
}

extension Blob {
    /// Whether every address of an array is one of a family that is known.
    func areAddresses(_ span: sph_span) -> Bool {
        for index in 0..<itemCount(span, of: sph_address.self) {
            guard item(span, at: index, as: sph_address.self).isSound else { return false }
        }
        return true
    }
}
