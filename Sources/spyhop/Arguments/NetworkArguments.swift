import ArgumentParser
import Engine

/// The options of `run` and `create` about networks, ports and names, in docker's words.
struct NetworkArguments: ParsableArguments {
    @Option(
        name: [.customLong("network"), .customLong("net")], parsing: .unconditionalSingleValue,
        help: .init(
            "bridge (the default), host, none, container:NAME or a network; also name=NET,alias=…,ip=….",
            valueName: "network"))
    var network: [String] = []

    @Option(
        name: [.customLong("network-alias"), .customLong("net-alias")], parsing: .unconditionalSingleValue,
        help: .init("A further name for the others on the network.", valueName: "name"))
    var networkAlias: [String] = []

    @Option(name: .long, parsing: .unconditional, help: .init("IPv4 address on the network.", valueName: "address"))
    var ip: String?

    @Option(name: .long, parsing: .unconditional, help: .init("IPv6 address on the network.", valueName: "address"))
    var ip6: String?

    @Option(
        name: .customLong("mac-address"), parsing: .unconditional,
        help: .init("Hardware address on the network.", valueName: "address"))
    var macAddress: String?

    @Option(
        name: [.customShort("p", allowingJoined: true), .customLong("publish")], parsing: .unconditionalSingleValue,
        help: .init("Publish a port on the host.", valueName: "[ip:][host]:container[/udp]"))
    var publish: [String] = []

    @Flag(name: [.customShort("P"), .customLong("publish-all")], help: "Publish all exposed ports on free ones.")
    var publishAll = false

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: .init("Expose a port or a range.", valueName: "port[/udp]"))
    var expose: [String] = []

    @Option(
        name: .customLong("add-host"), parsing: .unconditionalSingleValue,
        help: .init("A line for /etc/hosts; the address may be host-gateway.", valueName: "name:address"))
    var addHost: [String] = []

    @Option(name: .long, parsing: .unconditionalSingleValue, help: .init("A name server.", valueName: "address"))
    var dns: [String] = []

    @Option(
        name: .customLong("dns-search"), parsing: .unconditionalSingleValue,
        help: .init("A search domain; . is none.", valueName: "domain"))
    var dnsSearch: [String] = []

    @Option(
        name: [.customLong("dns-option"), .customLong("dns-opt")], parsing: .unconditionalSingleValue,
        help: .init("An option of resolv.conf.", valueName: "option"))
    var dnsOption: [String] = []

    @Option(name: .long, parsing: .unconditional, help: .init("Domain name in the container.", valueName: "name"))
    var domainname: String?

    /// Docker's way before there were networks.
    @Option(name: .long, parsing: .unconditionalSingleValue, help: .hidden)
    var link: [String] = []

    /// What was said, without the parser.
    var words: NetworkWords {
        var words = NetworkWords()
        words.network = network
        words.networkAlias = networkAlias
        words.ip = ip
        words.ip6 = ip6
        words.macAddress = macAddress
        words.publish = publish
        words.publishAll = publishAll
        words.expose = expose
        words.addHost = addHost
        words.dns = dns
        words.dnsSearch = dnsSearch
        words.dnsOption = dnsOption
        words.domainname = domainname
        words.link = link
        return words
    }
}
