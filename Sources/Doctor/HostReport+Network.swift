import CLinux
import Glibc
import LinuxSystem

extension HostReport {
    /// What containers' networks are made of.
    public struct Network: Sendable, Hashable {
        /// Making a bridge, and a pair of virtual interfaces.
        public var bridge: Answer = 0
        /// Making a pair of virtual interfaces.
        public var pair: Answer = 0
        /// A table of nf_tables that ends with its owner.
        public var ownedTable: Answer = 0
        /// Rules that lead published ports in, and what containers send out under the host's address.
        public var translation: Answer = 0
        /// Whether the host passes packets on; `nil` where it does not matter or is not known.
        public var forwards: Bool?
        /// Other firewalls' chains that drop what is not meant for the host itself.
        public var obstacles: [Obstacle] = []
        /// Whether packets within a bridge pass the host's firewall too (br_netfilter).
        public var filtersBridges = false
        /// The lowest port that an ordinary user may listen on.
        public var firstPort: Int?
        /// pasta(1).
        public var pasta: String?
        /// slirp4netns(1).
        public var slirp: String?
        /// Opening /dev/net/tun.
        public var tunnel: Answer = 0

        /// Nothing seen yet.
        public init() {}
    }

    /// Another firewall's chain that stands in the way of forwarded packets.
    public struct Obstacle: Sendable, Hashable {
        /// Its table: `ip filter`.
        public var table: String
        /// Its name: `FORWARD`.
        public var chain: String
        /// Makes an obstacle.
        public init(table: String, chain: String) {
            self.table = table
            self.chain = chain
        }

        /// The obstacles among lines of `FAMILY TABLE CHAIN POLICY` (network_probes.h). A policy of dropping is one; firewalld's
        /// chains end with a rule that refuses everything, whatever their policy.
        static func all(in text: String) -> [Obstacle] {
            text.split(separator: "\n").compactMap { line in
                let words = line.split(separator: " ").map(String.init)
                guard words.count == 4, let family = families[words[0]], !words[1].hasPrefix("spyhop-"),
                    words[3] == "0" || words[1] == "firewalld"
                else { return nil }
                return Obstacle(table: "\(family) \(words[1])", chain: words[2])
            }
        }

        /// By number (<linux/netfilter.h>); a bridge's own chains are not looked at.
        private static let families = ["1": "inet", "2": "ip", "10": "ip6"]
    }

    mutating func lookAtNetwork(_ question: Question) {
        let asUser: Int32 = isRoot ? 0 : 1
        network.bridge = sph_probe_link("bridge", asUser)
        network.pair = sph_probe_link("veth", asUser)
        network.ownedTable = sph_probe_table(0, asUser)
        network.translation = sph_probe_table(1, asUser)
        guard isRoot else {
            network.firstPort = Self.number("/proc/sys/net/ipv4/ip_unprivileged_port_start")
            network.pasta = InstalledProgram.find("pasta", searchPath: question.searchPath)
            network.slirp = InstalledProgram.find("slirp4netns", searchPath: question.searchPath)
            let tunnel = Glibc.open("/dev/net/tun", O_RDWR | O_CLOEXEC)
            network.tunnel = tunnel >= 0 ? 0 : errno
            if tunnel >= 0 { close(tunnel) }
            return
        }
        // An ordinary user's packets leave through a program, so neither matters to him.
        network.forwards = Self.number("/proc/sys/net/ipv4/ip_forward").map { $0 != 0 }
        network.filtersBridges = Self.number("/proc/sys/net/bridge/bridge-nf-call-iptables") == 1
        network.obstacles = Self.obstacles()
    }

    private static func obstacles() -> [Obstacle] {
        var text = [CChar](repeating: 0, count: 64 << 10)
        guard sph_forward_chains(&text, text.count) == 0 else { return [] }
        let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return Obstacle.all(in: String(decoding: bytes, as: UTF8.self))
    }
}
