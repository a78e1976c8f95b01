import Testing

@testable import Doctor

struct NetworkDiagnosisTests {
    private static func finding(_ name: String, _ report: HostReport) throws -> Finding {
        try #require(Diagnosis.network(report).first { $0.name == name }, "no finding \(name)")
    }

    private static func user(_ change: (inout HostReport.Network) -> Void) -> HostReport {
        var report = HostReport()
        report.isRoot = false
        change(&report.network)
        return report
    }

    @Test func aKernelWithoutAPartStillRunsContainers() throws {
        for (name, path) in [
            ("bridge", \HostReport.Network.bridge), ("veth", \.pair), ("nf_tables", \.ownedTable),
            ("address translation", \.translation),
        ] {
            var report = HostReport()
            report.network[keyPath: path] = 95
            let finding = try Self.finding(name, report)
            #expect(finding.verdict == .limited && finding.remedy != nil && !finding.isBasic)
            #expect(Diagnosis.network(report).filter { $0.verdict != .ok }.map(\.name) == [name])
        }
    }

    @Test func aFirewallThatDropsIsNamedWithTheRemedy() throws {
        var report = HostReport()
        report.network.obstacles = HostReport.Obstacle.all(
            in: "2 filter FORWARD 0\n2 nat PREROUTING 1\n7 filter FORWARD 0\n1 spyhop-0123456789ab forward 0\nodd\n")
        #expect(report.network.obstacles == [.init(table: "ip filter", chain: "FORWARD")])
        let finding = try Self.finding("other firewalls", report)
        #expect(finding.verdict == .limited && finding.detail == "ip filter FORWARD drops what is passed on")
        #expect(finding.remedy == "iptables -I FORWARD -i sp+ -j ACCEPT; iptables -I FORWARD -o sp+ -j ACCEPT")
        #expect(!Diagnosis.network(report).contains { $0.name == "br_netfilter" })
        report.network.filtersBridges = true
        #expect(try Self.finding("br_netfilter", report).verdict == .limited)
        report.network.obstacles = []
        #expect(try Self.finding("br_netfilter", report).verdict == .ok)
    }

    @Test(arguments: [
        ("1 firewalld filter_FORWARD 1\n", "firewall-cmd"), ("10 filter FORWARD 0\n", "ip6tables -I FORWARD"),
        ("1 mine forward 0\n", "nft insert rule inet mine forward"),
    ])
    func eachFirewallHasItsOwnRemedy(chains: String, remedy: String) throws {
        var report = HostReport()
        report.network.obstacles = HostReport.Obstacle.all(in: chains)
        #expect(try #require(try Self.finding("other firewalls", report).remedy).contains(remedy))
    }

    @Test func aUserIsToldHowTheWorldIsReached() throws {
        let bare = Self.user { _ in }
        #expect(try Self.finding("pasta", bare).verdict == .missing)
        #expect(try Self.finding("pasta", bare).remedy == "apt-get install passt")
        #expect(try Self.finding("pasta", Self.user { $0.slirp = "/s" }).verdict == .limited)
        #expect(try Self.finding("pasta", Self.user { $0.pasta = "/p" }).verdict == .ok)
        let closed = Self.user { $0.tunnel = 13 }
        #expect(try Self.finding("/dev/net/tun", closed).verdict == .missing)
        #expect(!Diagnosis.network(bare).contains { $0.name == "other firewalls" || $0.name == "ip_forward" })
    }

    @Test func lowPortsNeedASwitch() throws {
        #expect(try Self.finding("ports", Self.user { $0.firstPort = 1024 }).verdict == .limited)
        #expect(try Self.finding("ports", Self.user { $0.firstPort = 0 }).verdict == .ok)
    }

    /// On the machine itself, whatever it is: nothing lasts, and what is told is not made up.
    @Test func lookingAtTheHostEnds() {
        var report = HostReport()
        report.isRoot = false
        report.lookAtNetwork(HostReport.Question(root: "/", monitorPath: nil))
        #expect(report.network.firstPort != nil)
        #expect(Diagnosis.network(report).count >= 6)
    }
}
