import CMonitorWire
import Engine

extension MonitorControl {
    /// Puts the container on a network, at once and at every start that its monitor makes; a network that it is on already
    /// is replaced. `link.lease` is borrowed.
    /// - Throws: `.conflict` when the container is not running; `.system` in the kernel's words.
    public func attach(_ link: BundleNetwork.Link, _ change: BundleNetwork.Change) async throws {
        var payload = PayloadWriter(size: MemoryLayout<sph_attach>.size)
        var attach = sph_attach()
        attach.link.network = payload.add(Array(link.network.rawValue.utf8), endsWithNUL: true)
        attach.link.outer = payload.add(link.outer)
        attach.link.patches = payload.add(NetworkWire.bytes(link.patches.map { UInt32(clamping: $0) }))
        attach.link.inner = payload.add(link.inner)
        attach.link.removal = payload.add(link.removal)
        attach.link.lease_path = payload.add(Array(link.leasePath.utf8), endsWithNUL: true)
        attach.link.names = payload.add(Array((link.namesDirectory ?? "").utf8), endsWithNUL: true)
        attach.firewall = payload.add(change.firewall ?? [])
        attach.targets = payload.add(NetworkWire.bytes((change.targets ?? []).map(NetworkWire.address)))
        attach.name_rules = payload.add(change.nameRules ?? [])
        attach.resolvers = payload.add(NetworkWire.bytes((change.resolvers ?? []).map { NetworkWire.address($0) }))
        attach.network_flags = NetworkWire.flags(isIsolated: change.isIsolated)
        try await request(
            Frame(SPH_FRAME_ATTACH, payload.finished(attach)), "put the container on the network",
            descriptor: link.lease)
    }

    /// Takes the container off a network.
    /// - Throws: as `attach`.
    public func detach(_ network: NetworkID, _ change: BundleNetwork.Change) async throws {
        var payload = PayloadWriter(size: MemoryLayout<sph_detach>.size)
        var detach = sph_detach()
        detach.network = payload.add(Array(network.rawValue.utf8), endsWithNUL: true)
        detach.firewall = payload.add(change.firewall ?? [])
        detach.targets = payload.add(NetworkWire.bytes((change.targets ?? []).map(NetworkWire.address)))
        detach.network_flags = NetworkWire.flags(isIsolated: change.isIsolated)
        try await request(Frame(SPH_FRAME_DETACH, payload.finished(detach)), "take the container off the network")
    }
}

/// Puts a frame's payload together: a structure, and behind it the bytes that its spans point at.
private struct PayloadWriter {
    private let size: Int
    private var bytes: [UInt8] = []

    init(size: Int) { self.size = size }

    /// Bytes; numbers in them may be read in place, so they begin at a multiple of eight. Nothing is absent.
    mutating func add(_ more: [UInt8], endsWithNUL: Bool = false) -> sph_span {
        guard !more.isEmpty else { return sph_span() }
        while (size + bytes.count) % 8 != 0 { bytes.append(0) }
        let span = sph_span(
            offset: UInt32(clamping: size + bytes.count), length: UInt32(clamping: more.count))
        bytes += more
        if endsWithNUL { bytes.append(0) }
        return span
    }

    func finished<Head>(_ head: Head) -> [UInt8] { withUnsafeBytes(of: head) { Array($0) } + bytes }
}
