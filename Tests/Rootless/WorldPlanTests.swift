import CLinux
import Testing

@testable import Rootless

struct WorldPlanTests {
    private static let heading =
        "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
    private static let default4 = "eth0\t00000000\t0101A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n"
    /// 10.0.0.0/8.
    private static let wide4 = "eth1\t0000000A\t00000000\t0001\t0\t0\t0\t000000FF\t0\t0\t0\n"
    private static let zero = String(repeating: "0", count: 32)
    private static let default6 =
        "\(zero) 00 \(zero) 00 fe800000000000000000000000000001 00000400 00000001 00000000 00000003     eth0\n"
    /// The kernel's own answer for everything that it has no route for.
    private static let refusal6 =
        "\(zero) 00 \(zero) 00 \(zero) ffffffff 00000001 00000000 00200200       lo\n"

    private static func words(
        _ version4: String, _ version6: String, pasta: String? = "/usr/bin/pasta", slirp: String? = nil
    ) -> [[String]] {
        WorldPlan(pasta: pasta, slirp: slirp, tables: RouteTables(version4: version4, version6: version6))
            .steps.map(\.words)
    }

    @Test func pastaStandsBeforeSlirp() {
        let tables = RouteTables(version4: Self.heading + Self.default4, version6: "")
        let plan = WorldPlan(pasta: "/a/pasta", slirp: "/a/slirp4netns", tables: tables)
        #expect(plan.steps.map(\.world.rawValue) == [SPH_NETNS_PASTA.rawValue, SPH_NETNS_SLIRP.rawValue])
        #expect(plan.steps.map(\.words.first) == ["/a/pasta", "/a/slirp4netns"])
        #expect(plan.steps.allSatisfy { $0.words.filter { $0 == SPH_NETNS_PLACE }.count == 1 })
        // One number, a program's words, and an empty one, twice.
        #expect(plan.arguments.count == plan.steps.reduce(0) { $0 + $1.words.count + 2 })
        #expect(plan.arguments.filter(\.isEmpty).count == 2 && plan.arguments.last == "")
        #expect(WorldPlan(pasta: nil, slirp: nil, tables: tables).arguments == [])
    }

    @Test func nothingOfTheHostsIsLetIn() throws {
        let pasta = try #require(Self.words(Self.heading + Self.default4, "").first)
        #expect(pasta.contains("--no-map-gw"))
        for flag in ["--tcp-ports", "--udp-ports", "--tcp-ns", "--udp-ns"] {
            let place = try #require(pasta.firstIndex(of: flag))
            #expect(pasta[place + 1] == "none")
        }
        let slirp = try #require(Self.words(Self.heading, "", pasta: nil, slirp: "/s").first)
        #expect(slirp.contains("--disable-host-loopback"))
    }

    @Test(arguments: [
        (heading + default4, refusal6, true, false), (heading + default4, default6 + refusal6, true, true),
        (heading, default6, false, true), (heading, refusal6, true, false), ("", "", true, false),
    ])
    func whatTheHostReachesIsReached(version4: String, version6: String, four: Bool, six: Bool) throws {
        let words = try #require(Self.words(version4, version6).first)
        #expect(words.contains("10.0.2.100") == four && words.contains("--ipv6-only") == !four)
        #expect(words.contains { $0.hasPrefix("fd73:") } == six && words.contains("--ipv4-only") == !six)
    }

    @Test func aSubnetOfTheHostsIsLeftToIt() throws {
        #expect(RouteTables(version4: Self.heading + Self.default4, version6: "").freeSubnet == "10.0.2")
        let wide = RouteTables(version4: Self.heading + Self.default4 + Self.wide4, version6: "").freeSubnet
        #expect(wide == "172.31.253", "the second one is within 10.0.0.0/8 too")
        // 10.0.2.15/32 alone.
        let narrow = "eth0\t0F02000A\t00000000\t0001\t0\t0\t0\tFFFFFFFF\t0\t0\t0\n"
        #expect(RouteTables(version4: Self.heading + narrow, version6: "").freeSubnet != "10.0.2")
    }

    @Test func tablesThatAreNoTablesAreEmpty() {
        for text in ["x", "\n\n", "a b c d e f g h i\nq w e r t y u i o", "\u{0}\u{ff}"] {
            let tables = RouteTables(version4: text, version6: text)
            #expect(!tables.leadsVersion4 && !tables.leadsVersion6 && tables.freeSubnet == "10.0.2")
        }
    }

    @Test func whyTheWorldIsFarIsToldInWords() throws {
        var greeting = sph_netns_greeting()
        greeting.world = SPH_NETNS_PASTA.rawValue
        #expect(NetworkWarning.sentence(greeting) == nil)
        greeting.world = SPH_NETNS_ALONE.rawValue
        greeting.code = -1
        #expect(try #require(NetworkWarning.sentence(greeting)).contains("apt-get install passt"))
        greeting.code = 1
        greeting.tried = SPH_NETNS_PASTA.rawValue
        withUnsafeMutableBytes(of: &greeting.words) {
            $0.copyBytes(from: Array("No way out\nFailed to send 5 bytes to syslog\n".utf8))
        }
        #expect(try #require(NetworkWarning.sentence(greeting)).hasSuffix("pasta ended with 1: No way out"))
        greeting.code = 137
        greeting.tried = SPH_NETNS_SLIRP.rawValue
        greeting.words.0 = 0
        #expect(try #require(NetworkWarning.sentence(greeting)).hasSuffix("slirp4netns was ended by signal 9"))
    }
}
