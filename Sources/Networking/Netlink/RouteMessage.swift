import Engine

/// Numbers of rtnetlink(7), as <linux/rtnetlink.h>, <linux/if_link.h> and <linux/if_addr.h> have them.
enum RouteMessage {
    static let newLink: UInt16 = 16
    static let deleteLink: UInt16 = 17
    static let getLink: UInt16 = 18
    static let setLink: UInt16 = 19
    static let newAddress: UInt16 = 20
    static let getAddress: UInt16 = 22
    static let newRoute: UInt16 = 24
    static let getRoute: UInt16 = 26

    /// AF_*.
    static let anyFamily: UInt8 = 0
    static let ipv4: UInt8 = 2
    static let ipv6: UInt8 = 10

    /// IFF_UP.
    static let up: UInt32 = 1

    /// IFLA_*.
    enum Link {
        static let address: UInt16 = 1
        static let name: UInt16 = 3
        static let mtu: UInt16 = 4
        static let master: UInt16 = 10
        static let information: UInt16 = 18
        static let alias: UInt16 = 20
        static let statistics: UInt16 = 23
        static let familySpecific: UInt16 = 26
        static let namespaceDescriptor: UInt16 = 28
        static let extendedMask: UInt16 = 29
        static let sendQueues: UInt16 = 31
        static let receiveQueues: UInt16 = 32
        static let informationKind: UInt16 = 1
        static let informationData: UInt16 = 2
        static let peer: UInt16 = 1
        static let portKind: UInt16 = 4
        static let portData: UInt16 = 5
        static let portReflects: UInt16 = 4
        static let addressGeneration: UInt16 = 8
    }

    /// IFA_*.
    enum Address {
        static let address: UInt16 = 1
        static let local: UInt16 = 2
        static let broadcast: UInt16 = 4
        static let flags: UInt16 = 8
        /// IFA_F_NODAD: of use at once.
        static let withoutDetection: UInt32 = 2
    }

    /// RTA_*.
    enum Route {
        static let destination: UInt16 = 1
        static let interface: UInt16 = 4
        static let gateway: UInt16 = 5
        static let priority: UInt16 = 6
        static let table: UInt16 = 15
        /// RT_TABLE_MAIN, RTPROT_BOOT, RT_SCOPE_UNIVERSE, RTN_UNICAST.
        static let mainTable: UInt8 = 254
        static let byBoot: UInt8 = 3
        static let universe: UInt8 = 0
        static let unicast: UInt8 = 1
    }
}

extension NetlinkBatch {
    /// struct ifinfomsg.
    mutating func linkHeader(index: Int32 = 0, flags: UInt32 = 0, change: UInt32 = 0, family: UInt8 = 0) {
        write([family, 0, 0, 0])
        write(index)
        write(flags)
        write(change)
    }

    /// RTM_NEWADDR of an address on an interface.
    mutating func address(_ prefix: IPPrefix, on index: Int32) {
        message(RouteMessage.newAddress, [.acknowledge, .create, .exclusive]) {
            $0.write([$0.family(prefix.address), UInt8(prefix.length), 0, 0])
            $0.write(index)
            $0.attribute(RouteMessage.Address.local, prefix.address.bytes)
            $0.attribute(RouteMessage.Address.address, prefix.address.bytes)
            if let broadcast = prefix.broadcast { $0.attribute(RouteMessage.Address.broadcast, broadcast.bytes) }
            if !prefix.address.isIPv4 {
                $0.attribute(RouteMessage.Address.flags, RouteMessage.Address.withoutDetection)
            }
        }
    }

    /// RTM_NEWROUTE to everywhere, through a gateway.
    /// Of several, the one with the least `metric` is taken.
    mutating func defaultRoute(_ gateway: IPAddress, on index: Int32, metric: UInt32 = 0) {
        message(RouteMessage.newRoute, [.acknowledge, .create, .exclusive]) {
            $0.write([
                $0.family(gateway), 0, 0, 0, RouteMessage.Route.mainTable, RouteMessage.Route.byBoot,
                RouteMessage.Route.universe, RouteMessage.Route.unicast,
            ])
            $0.write(UInt32(0))
            $0.attribute(RouteMessage.Route.gateway, gateway.bytes)
            $0.attribute(RouteMessage.Route.interface, index)
            if metric > 0 { $0.attribute(RouteMessage.Route.priority, metric) }
        }
    }

    /// RTM_SETLINK that switches an interface on.
    mutating func switchOn(_ index: Int32) {
        message(RouteMessage.setLink, .acknowledge) {
            $0.linkHeader(index: index, flags: RouteMessage.up, change: RouteMessage.up)
        }
    }

    /// RTM_GETLINK. An end of a pair learns in the kernel's own time that the other one is up, and loses what is sent until then: the
    /// first request for an address would be repeated after a whole second. Being asked for it learns at once (Linux 6.8).
    mutating func settle(_ index: Int32) {
        message(RouteMessage.getLink, .acknowledge) { $0.linkHeader(index: index) }
    }

    /// RTM_NEWLINK that lets a bridge's port send back where it came from (IFLA_BRPORT_MODE, hairpin): where the kernel filters
    /// bridged packets (br_netfilter), a container's call to its own published port is turned around by the bridge itself.
    mutating func reflect(_ index: Int32) {
        message(RouteMessage.newLink, .acknowledge) {
            $0.linkHeader(index: index)
            $0.nested(RouteMessage.Link.information) {
                $0.attribute(RouteMessage.Link.portKind, "bridge")
                $0.nested(RouteMessage.Link.portData) { $0.attribute(RouteMessage.Link.portReflects, UInt8(1)) }
            }
        }
    }

    /// RTM_DELLINK by name.
    mutating func deleteLink(named name: String) {
        message(RouteMessage.deleteLink, .acknowledge) {
            $0.linkHeader()
            $0.attribute(RouteMessage.Link.name, name)
        }
    }

    /// IFLA_AF_SPEC: no link-local address is made, and so nothing is detected or announced (IN6_ADDR_GEN_MODE_NONE).
    mutating func withoutLinkLocal() {
        nested(RouteMessage.Link.familySpecific) {
            $0.nested(UInt16(RouteMessage.ipv6)) { $0.attribute(RouteMessage.Link.addressGeneration, UInt8(1)) }
        }
    }

    /// A pair has else a queue for each processor, of which it uses none but for XDP, and which take long to make.
    mutating func singleQueue() {
        attribute(RouteMessage.Link.sendQueues, UInt32(1))
        attribute(RouteMessage.Link.receiveQueues, UInt32(1))
    }

    func family(_ address: IPAddress) -> UInt8 { address.isIPv4 ? RouteMessage.ipv4 : RouteMessage.ipv6 }
}
