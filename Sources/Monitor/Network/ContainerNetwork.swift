import CLinux
import CMonitorWire

/// What the container has of networks: its interfaces, the rules and listeners of its ports, and the answering of names. All
/// of it hangs on descriptors that this process keeps, so that the kernel clears it away however the process ends.
final class ContainerNetwork {
    private let plan: Plan
    private let epoll: Int32
    private let scratch: UnsafeMutableRawBufferPointer
    /// The namespace that bridges lie in; -1: the monitor's own.
    private let home: Int32
    private var links: [Link] = []
    /// The container's namespace, while there is one.
    private var namespace = Descriptor()
    /// Owns the table of the ports' rules.
    private var filter = Descriptor()
    /// What takes that table away again.
    private var firewallEnd = Text(capacity: 1024)
    private var nameRules: StoredBytes
    /// What the rules for names were sent by. Open as long as the container runs: closing it waits until the kernel has
    /// forgotten what the rules replaced, which takes longer than all the rest of a start.
    private var nameFilter = Descriptor()
    let resolver: Resolver
    let ports: PortSet
    private var isIsolated: Bool
    private var servers: [monitor_endpoint] = []

    init(_ plan: Plan, epoll: Int32, scratch: UnsafeMutableRawBufferPointer) {
        self.plan = plan
        self.epoll = epoll
        self.scratch = scratch
        let header = plan.header
        let blob = plan.blob
        home = Plan.passed(header.network_home)
        nameRules = StoredBytes(blob.bytes(header.name_rules))
        resolver = Resolver(epoll: epoll, scratch: scratch)
        isIsolated = header.network_flags & SPH_NETWORK_ISOLATED.rawValue != 0
        var ports: [PublishedPort] = []
        for index in 0..<blob.itemCount(header.ports, of: sph_port.self) {
            let port = blob.item(header.ports, at: index, as: sph_port.self)
            ports.append(
                PublishedPort(
                    listener: Plan.passed(port.listener), isStream: port.protocol == UInt32(IPPROTO_TCP),
                    target: port.target.endpoint))
        }
        self.ports = PortSet(ports, home: home, epoll: epoll)
        for index in 0..<blob.itemCount(header.links, of: sph_link.self) {
            let link = blob.item(header.links, at: index, as: sph_link.self)
            links.append(Link(link, in: blob, lease: Plan.passed(link.lease)))
        }
        servers = Self.endpoints(header.resolvers, in: blob)
        tellResolver()
    }

    static func endpoints(_ span: sph_span, in blob: Blob) -> [monitor_endpoint] {
        var found: [monitor_endpoint] = []
        for index in 0..<blob.itemCount(span, of: sph_address.self) {
            let address = blob.item(span, at: index, as: sph_address.self)
            found.append(address.endpoint)
        }
        return found
    }

    private func tellResolver() {
        var directories: [CString] = []
        for link in links { if let names = link.names { directories.append(names) } }
        resolver.lookup = NameLookup(directories: directories)
        resolver.servers = isIsolated ? [] : servers.filter { $0.family != 0 }
    }

    // MARK: - A container's start and end

    /// Connects the new process `pid`, which waits to be told to go on, in the namespace that it was made with.
    func connect(_ pid: Int32) throws(StartFailure) {
        do throws(SystemError) { namespace = try ProcessFacts.networkNamespace(of: pid) } catch {
            throw StartFailure(SPH_STAGE_LINK, error)
        }
        let inside: ConnectionSockets
        let outside: ConnectionSockets
        do throws(SystemError) {
            inside = try ConnectionSockets(
                in: namespace.number, filter: nameRules.count > 0, names: nameRules.count > 0)
            outside = try ConnectionSockets(
                in: home, filter: plan.header.firewall.length > 0 && !filter.isOpen, names: false)
        } catch { throw StartFailure(SPH_STAGE_LINK, error) }
        for index in 0..<links.count {
            do throws(SystemError) {
                try links[index].bringUp(
                    namespace.number, home: outside.route.number, inside: inside.route.number, scratch)
            } catch { throw StartFailure(SPH_STAGE_LINK, error, detail: UInt32(truncatingIfNeeded: index)) }
        }
        do throws(SystemError) {
            if outside.filter.isOpen {
                filter = outside.takeFilter()
                try setFirewall(plan.bytes(plan.header.firewall))
            }
        } catch { throw StartFailure(SPH_STAGE_FIREWALL, error) }
        do throws(SystemError) { try answerNames(inside) } catch { throw StartFailure(SPH_STAGE_NAMES, error) }
    }

    /// Finds the namespace of a container that had nothing to connect when it started.
    func find(_ pid: Int32) {
        if let found = try? ProcessFacts.networkNamespace(of: pid) { namespace = found }
    }

    private func setFirewall(_ rules: UnsafeRawBufferPointer) throws(SystemError) {
        try NetlinkBatch.filter(rules, on: filter.number)
        if firewallEnd.count == 0 { NetlinkBatch.appendRemoval(of: rules, to: &firewallEnd) }
    }

    private func answerNames(_ sockets: ConnectionSockets) throws(SystemError) {
        guard nameRules.count > 0 else { return }
        var port = UInt16(SPH_NAME_PORT)
        nameFilter = sockets.takeFilter()
        do throws(SystemError) {
            try NetlinkBatch.filter(nameRules.bytes, on: nameFilter.number)
        } catch {
            // A kernel without nf_tables: then the container cannot have that port for itself.
            port = 53
        }
        let (datagrams, listener) = sockets.takeNames()
        try resolver.open(datagrams: datagrams, listener: listener, port: port)
    }

    /// The container's process has ended, and may start again with the same links.
    func disconnect() {
        takeDownLinks()
        resolver.close()
        nameFilter.close()
        namespace.close()
    }

    private func takeDownLinks() {
        guard let socket = try? ConnectionSockets(in: home, filter: false, names: false) else { return }
        for link in links { link.takeDown(home: socket.route.number) }
        withExtendedLifetime(socket) {}
    }

    /// Nobody starts the container again: what others may be waiting for is given back at once, the rest by `dissolve`.
    func release() {
        ports.close()
        // Closing the socket does the same, but waits until the kernel has forgotten all of it.
        if firewallEnd.count > 0 {
            let end = UnsafeRawBufferPointer(start: firewallEnd.bytes, count: firewallEnd.count)
            try? NetlinkBatch.filter(end, on: filter.number)
        }
        resolver.close()
    }

    /// Takes the interfaces away and only then says that their addresses are free.
    func dissolve() {
        disconnect()
        filter.close()
        for link in links { link.giveUpLease() }
        links = []
    }

    // MARK: - Changes

    /// Puts the container on a network, in place of a link that it has there. 0 or an errno.
    func attach(_ change: NetworkChange, lease: Int32) -> Int32 {
        // Owns the lease from here on, whatever comes.
        let link = change.makeLink(lease: lease)
        do throws(SystemError) {
            let place = links.firstIndex { $0.isSame(networkAs: link) }
            if namespace.isOpen { try exchange(place.map { links[$0] }, for: link) }
            if let place {
                links[place].passLeaseOn()
                links[place] = link
            } else {
                links.append(link)
            }
            try apply(change)
            return 0
        } catch {
            return error.code
        }
    }

    /// Makes a link's interfaces in the running container, those of the link that it replaces gone before.
    private func exchange(_ old: Link?, for link: Link) throws(SystemError) {
        let inside = try ConnectionSockets(in: namespace.number, filter: false, names: false)
        let outside = try ConnectionSockets(in: home, filter: false, names: false)
        old?.takeDown(home: outside.route.number)
        do throws(SystemError) {
            try link.bringUp(namespace.number, home: outside.route.number, inside: inside.route.number, scratch)
        } catch {
            link.takeDown(home: outside.route.number)
            try? old?.bringUp(namespace.number, home: outside.route.number, inside: inside.route.number, scratch)
            throw error
        }
    }

    /// Takes the container off a network. 0 or an errno.
    func detach(_ change: NetworkChange) -> Int32 {
        guard let place = links.firstIndex(where: { $0.isOf(change.network) }) else { return ENOENT }
        let link = links.remove(at: place)
        do throws(SystemError) {
            let socket = try ConnectionSockets(in: home, filter: false, names: false)
            link.takeDown(home: socket.route.number)
            withExtendedLifetime(socket) {}
            link.giveUpLease()
            try apply(change)
            return 0
        } catch {
            link.giveUpLease()
            return error.code
        }
    }

    /// What a change says beside its link.
    private func apply(_ change: NetworkChange) throws(SystemError) {
        isIsolated = change.flags & SPH_NETWORK_ISOLATED.rawValue != 0
        if let given = change.servers { servers = given }
        tellResolver()
        if let targets = change.targets { ports.lead(to: targets) }
        if let rules = change.firewall {
            if !filter.isOpen { filter = try ConnectionSockets(in: home, filter: true, names: false).takeFilter() }
            try setFirewall(rules)
        }
        if nameRules.count == 0, let rules = change.nameRules {
            nameRules = StoredBytes(copying: rules)
            if namespace.isOpen {
                try answerNames(try ConnectionSockets(in: namespace.number, filter: true, names: true))
            }
        }
    }
}
