import LinuxSystem

extension Diagnosis {
    // MARK: - Networks

    static func network(_ report: HostReport) -> [Finding] {
        let seen = report.network
        var found = [
            probed(
                "bridge", seen.bridge, for: "networks of containers",
                remedy: "modprobe bridge, or a kernel with CONFIG_BRIDGE", worst: .limited),
            probed(
                "veth", seen.pair, for: "networks of containers", remedy: "modprobe veth, or a kernel with CONFIG_VETH",
                worst: .limited),
            probed(
                "nf_tables", seen.ownedTable, for: "networks apart from each other",
                remedy: "Linux 5.12 with CONFIG_NF_TABLES_INET: modprobe nf_tables", worst: .limited),
            probed(
                "address translation", seen.translation, for: "the way to the world, and published ports",
                remedy: "a kernel with CONFIG_NFT_NAT, CONFIG_NFT_MASQ and CONFIG_NFT_FIB_INET", worst: .limited),
        ]
        found += report.isRoot ? firewall(seen) : way(seen)
        return found
    }

    // MARK: - Root's

    private static func firewall(_ seen: HostReport.Network) -> [Finding] {
        var found: [Finding] = []
        if let forwards = seen.forwards {
            found.append(
                Finding(
                    "ip_forward", .ok, forwards ? "on" : "off; the first network turns it on",
                    for: "the way to the world"))
        }
        let words = seen.obstacles.map { "\($0.table) \($0.chain)" }.joined(separator: ", ")
        found.append(
            Finding(
                "other firewalls", seen.obstacles.isEmpty ? .ok : .limited,
                seen.obstacles.isEmpty ? "none drops what is passed on" : "\(words) drops what is passed on",
                for: "the way to the world" + (seen.filtersBridges ? ", and from container to container" : ""),
                remedy: seen.obstacles.first.map(permission)))
        if seen.filtersBridges {
            found.append(
                Finding(
                    "br_netfilter", seen.obstacles.isEmpty ? .ok : .limited,
                    "on: packets from container to container pass the host's firewall", for: "networks of containers",
                    remedy: "let them pass as above, or sysctl -w net.bridge.bridge-nf-call-iptables=0"))
        }
        return found
    }

    /// Bridges of spyhop's are called `spyhop0` and `sp-…`; `+` is whatever follows (iptables(8)).
    private static func permission(_ obstacle: HostReport.Obstacle) -> String {
        if obstacle.table.hasSuffix(" firewalld") {
            return "firewall-cmd --permanent --zone=trusted --add-interface=spyhop0, likewise each network's, "
                + "then firewall-cmd --reload"
        }
        if obstacle.table == "ip filter" || obstacle.table == "ip6 filter" {
            let program = obstacle.table == "ip filter" ? "iptables" : "ip6tables"
            return "\(program) -I FORWARD -i sp+ -j ACCEPT; \(program) -I FORWARD -o sp+ -j ACCEPT"
        }
        let chain = "\(obstacle.table) \(obstacle.chain)"
        return "nft insert rule \(chain) iifname \"sp*\" accept; nft insert rule \(chain) oifname \"sp*\" accept"
    }

    // MARK: - An ordinary user's

    private static func way(_ seen: HostReport.Network) -> [Finding] {
        let program = seen.pasta ?? seen.slirp
        let detail =
            seen.pasta ?? seen.slirp.map { "\($0): slower, and IPv4 alone" }
            ?? "neither pasta nor slirp4netns is installed"
        var found = [
            Finding(
                "pasta", seen.pasta != nil ? .ok : seen.slirp != nil ? .limited : .missing, detail,
                for: "the way to the world", remedy: "apt-get install passt"),
            probed(
                "/dev/net/tun", seen.tunnel, for: "the way to the world",
                remedy: "modprobe tun; chmod 666 /dev/net/tun, as udev does"
                    + (program.map { ": it is needed by \($0)" } ?? "")),
        ]
        if let first = seen.firstPort {
            found.append(
                Finding(
                    "ports", first <= 80 ? .ok : .limited, "from \(first) on may be published",
                    for: "-p with lower ports", remedy: "sysctl -w net.ipv4.ip_unprivileged_port_start=80, as root"))
        }
        return found
    }
}
