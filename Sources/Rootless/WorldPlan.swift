import CLinux
import LinuxSystem

/// How a user's network namespace is to be led to the world: programs to try, the first choice first. Pure but for `now`.
struct WorldPlan: Equatable {
    /// A program and what it is told.
    struct Step: Equatable {
        var world: sph_netns_world
        var words: [String]

        static func == (left: Step, right: Step) -> Bool {
            left.world.rawValue == right.world.rawValue && left.words == right.words
        }
    }

    var steps: [Step] = []

    /// As the keeper reads it.
    var arguments: [String] { steps.flatMap { ["\($0.world.rawValue)"] + $0.words + [""] } }

    /// For this host as it is now.
    static func now(searchPath: String?) -> WorldPlan {
        let tables = RouteTables(
            version4: (try? Files.readText("/proc/self/net/route", limit: 4 << 20)) ?? "",
            version6: (try? Files.readText("/proc/self/net/ipv6_route", limit: 4 << 20)) ?? "")
        return WorldPlan(
            pasta: InstalledProgram.find("pasta", searchPath: searchPath),
            slirp: InstalledProgram.find("slirp4netns", searchPath: searchPath), tables: tables)
    }

    init(pasta: String?, slirp: String?, tables: RouteTables) {
        let subnet = tables.freeSubnet
        if let pasta { steps.append(Step(world: SPH_NETNS_PASTA, words: Self.pasta(pasta, subnet, tables))) }
        if let slirp { steps.append(Step(world: SPH_NETNS_SLIRP, words: Self.slirp(slirp, subnet))) }
    }

    /// pasta(1). It has addresses of its own rather than the host's, so that containers reach the host at the host's. Its
    /// gateway is not the host's loopback: what listens there is not meant for containers. No port is passed either
    /// way: the monitors do that, container by container.
    private static func pasta(_ program: String, _ subnet: String, _ tables: RouteTables) -> [String] {
        var words = [program, "--foreground", "--quiet", "--config-net", "--no-map-gw", "--no-netns-quit"]
        for flag in ["--tcp-ports", "--udp-ports", "--tcp-ns", "--udp-ns"] { words += [flag, "none"] }
        words += ["--ns-ifname", SPH_NETNS_INTERFACE]
        // A host that leads nowhere yet most likely will by IPv4.
        let usesVersion4 = tables.leadsVersion4 || !tables.leadsVersion6
        if usesVersion4 {
            words += ["--address", "\(subnet).100", "--netmask", "24", "--gateway", "\(subnet).2"]
        } else {
            words.append("--ipv6-only")
        }
        if tables.leadsVersion6 {
            words += ["--address", "\(prefix6)100", "--gateway", "\(prefix6)2"]
        } else {
            words.append("--ipv4-only")
        }
        return words + ["--netns", SPH_NETNS_PLACE]
    }

    /// Of a range that is anybody's own (RFC 4193); the middle spells spyhop.
    private static let prefix6 = "fd73:7079:686f:70::"

    /// slirp4netns(1). IPv4 alone: its IPv6 would need router advertisements, which the namespace takes from nobody.
    private static func slirp(_ program: String, _ subnet: String) -> [String] {
        [
            program, "--configure", "--mtu=65520", "--disable-host-loopback", "--disable-dns", "--cidr=\(subnet).0/24",
            "--netns-type=path", SPH_NETNS_PLACE, SPH_NETNS_INTERFACE,
        ]
    }
}
