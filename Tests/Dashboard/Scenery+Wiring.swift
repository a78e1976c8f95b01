import Engine

@testable import Dashboard

/// The harbour's networks and volumes.
extension Scenery {
    static func networkID(_ number: Int) -> NetworkID { NetworkID(rawValue: id(number + 0xdef).rawValue) }

    /// An address of IPv4 from its last two bytes.
    private static func address(_ third: UInt32, _ last: UInt32) -> IPAddress { .v4(0xac1e_0000 | third << 8 | last) }

    private static func network(
        _ number: Int, _ name: String, third: UInt32, gateway: Bool = true, isPredefined: Bool = false,
        _ change: (inout NetworkSpec) -> Void = { _ in }
    ) -> Network {
        var spec = NetworkSpec(name: name)
        spec.subnets = [
            NetworkSpec.Subnet(
                prefix: IPPrefix(address(third, 0), length: 24), gateway: gateway ? address(third, 1) : nil)
        ]
        change(&spec)
        return Network(
            id: networkID(number), createdAt: now.advanced(by: .seconds(-7200 * (number + 1))), spec: spec,
            bridge: isPredefined ? "spyhop0" : "sp-0000000def\(number)", isPredefined: isPredefined)
    }

    private static func endpoint(
        _ network: Network, _ container: Int, _ name: String, _ last: UInt32, aliases: [String] = [],
        interface: String = "eth0"
    ) -> NetworkEndpoint {
        guard let subnet = network.spec.subnets.first, case .v4(let bits) = subnet.prefix.address else {
            fatalError("a network of these tests has a subnet")
        }
        var ipv6: IPPrefix?
        if network.spec.ipv6 { ipv6 = IPPrefix(.v6(0xfd00_0020_0000_0000, UInt64(last)), length: 64) }
        return NetworkEndpoint(
            networkID: network.id, networkName: network.name, containerID: id(container), containerName: name,
            ipv4: IPPrefix(.v4(bits | last), length: 24), ipv6: ipv6, gateway4: subnet.gateway,
            macAddress: MACAddress(bits: 0x0242_0000_0000 | UInt64(bits | last) & 0xffff_ffff), aliases: aliases,
            interface: interface, hostInterface: "sp0000000ab\(last)")
    }

    static var networks: [Network] {
        let bridge = network(0, "bridge", third: 0, isPredefined: true)
        var front = network(1, "front", third: 20) { spec in
            spec.ipv6 = true
            spec.labels = ["app": "shop"]
        }
        var back = network(2, "back", third: 21, gateway: false) { $0.isInternal = true }
        front.endpoints = [endpoint(front, 0, "web", 2, aliases: ["shop", "www"]), endpoint(front, 1, "wave", 3)]
        back.endpoints = [endpoint(back, 0, "web", 2, interface: "eth1"), endpoint(back, 3, "chatter", 3)]
        return [back, bridge, front, network(3, "spare", third: 22)]
    }

    static var webPorts: [PublishedPort] {
        [
            PublishedPort(hostAddress: .v4(0), hostPort: 8080, container: ExposedPort(80)),
            PublishedPort(hostAddress: .v6(0, 0), hostPort: 8080, container: ExposedPort(80)),
            PublishedPort(hostAddress: .v4(0x7f00_0001), hostPort: 8443, container: ExposedPort(443)),
            PublishedPort(hostAddress: .v4(0), hostPort: 5353, container: ExposedPort(53, .udp)),
        ]
    }

    static var anonymousVolume: String { String(repeating: "ab12", count: 16) }

    static func volumeMount(_ name: String, _ target: String, readOnly: Bool = false) -> MountSpec {
        MountSpec(source: .volume(MountSpec.VolumeMount(name: name)), target: target, readOnly: readOnly)
    }

    static func volumes(counted: Bool) -> [Volume] {
        func volume(
            _ name: String, _ hours: Int, _ size: Int64, users: [String] = [], isAnonymous: Bool = false
        ) -> Volume {
            Volume(
                name: name, createdAt: now.advanced(by: .seconds(-3600 * hours)),
                mountpoint: "/var/lib/spyhop/volumes/\(name)/_data", isAnonymous: isAnonymous, users: users,
                size: counted ? size : nil)
        }
        var shop = volume("shop-data", 30, 12_340_000, users: ["web"])
        shop.labels = ["app": "shop"]
        return [
            volume(anonymousVolume, 3, 4096, users: ["web"], isAnonymous: true),
            volume(String(repeating: "cd34", count: 16), 50, 2_500_000, isAnonymous: true), shop,
            volume("old-backup", 900, 1_500_000_000),
        ]
    }
}
