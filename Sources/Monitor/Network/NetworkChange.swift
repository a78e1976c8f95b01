import CLinux
import CMonitorWire

/// What SPH_FRAME_ATTACH or SPH_FRAME_DETACH says, checked. Its memory goes to the link that is made of it.
final class NetworkChange {
    private let memory: UnsafeMutableRawBufferPointer
    private let blob: Blob
    private var isTaken = false
    private let link: sph_link?
    private let networkSpan: sph_span
    private let firewallSpan: sph_span
    private let targetsSpan: sph_span
    private var rulesSpan = sph_span()
    private var serversSpan = sph_span()
    let flags: UInt32

    /// Takes over the payload of a frame; nil when something in it is not what it should be.
    init?(attach memory: UnsafeMutableRawBufferPointer) {
        self.memory = memory
        blob = Blob(memory: UnsafeRawBufferPointer(memory))
        guard memory.count >= MemoryLayout<sph_attach>.size else { return nil }
        let wire = memory.loadUnaligned(as: sph_attach.self)
        link = wire.link
        networkSpan = wire.link.network
        firewallSpan = wire.firewall
        targetsSpan = wire.targets
        rulesSpan = wire.name_rules
        serversSpan = wire.resolvers
        flags = wire.network_flags
        guard wire.link.isSound(in: blob), isSound else { return nil }
    }

    /// As for an attachment.
    init?(detach memory: UnsafeMutableRawBufferPointer) {
        self.memory = memory
        blob = Blob(memory: UnsafeRawBufferPointer(memory))
        guard memory.count >= MemoryLayout<sph_detach>.size else { return nil }
        let wire = memory.loadUnaligned(as: sph_detach.self)
        link = nil
        networkSpan = wire.network
        firewallSpan = wire.firewall
        targetsSpan = wire.targets
        flags = wire.network_flags
        guard blob.isString(wire.network), wire.network.length > 0, isSound else { return nil }
    }

    deinit { if !isTaken { memory.deallocate() } }

    private var isSound: Bool {
        blob.isBytes(firewallSpan) && blob.isBytes(rulesSpan) && firewallSpan.length <= NetlinkBatch.largest
            && rulesSpan.length <= NetlinkBatch.largest && blob.isArray(targetsSpan, of: sph_address.self)
            && blob.isArray(serversSpan, of: sph_address.self) && blob.areAddresses(targetsSpan)
            && blob.areAddresses(serversSpan)
    }

    var network: CString { blob.string(networkSpan) }

    /// The link of an attachment, which keeps the payload from now on.
    func makeLink(lease: Int32) -> Link {
        let link = Link(self.link ?? sph_link(), in: blob, lease: lease, owning: isTaken ? nil : memory)
        isTaken = true
        return link
    }

    // MARK: - What changes beside the link; nil: nothing

    var firewall: UnsafeRawBufferPointer? { firewallSpan.length > 0 ? blob.bytes(firewallSpan) : nil }
    var nameRules: UnsafeRawBufferPointer? { rulesSpan.length > 0 ? blob.bytes(rulesSpan) : nil }
    var targets: [monitor_endpoint]? { endpoints(targetsSpan) }
    var servers: [monitor_endpoint]? { endpoints(serversSpan) }

    private func endpoints(_ span: sph_span) -> [monitor_endpoint]? {
        span.length > 0 ? ContainerNetwork.endpoints(span, in: blob) : nil
    }
}
