import Engine
import Testing

@testable import LocalEngine

struct NetworkRecordTests {
    private func store(_ scratch: Scratch) -> RecordStore { RecordStore(path: scratch.path + "/spyhop.db") {} }

    private func network(_ name: String) throws -> NetworkRecord {
        var spec = NetworkSpec(name: name)
        spec.ipv6 = true
        spec.isInternal = true
        spec.labels = ["a": "b", "empty": ""]
        spec.options = ["k": "v"]
        spec.subnets = [
            NetworkSpec.Subnet(
                prefix: try #require(IPPrefix("10.1.0.0/16")), gateway: IPAddress("10.1.0.1"),
                range: IPPrefix("10.1.2.0/24"), reserved: ["one": try #require(IPAddress("10.1.0.7"))]),
            NetworkSpec.Subnet(prefix: try #require(IPPrefix("fd00::/64"))),
        ]
        return NetworkRecord(
            id: .random(), createdAt: Timestamp(nanoseconds: 5), spec: spec, bridge: "sp-x", isPredefined: false)
    }

    @Test func everyFieldComesBack() throws {
        let scratch = try Scratch()
        let record = try network("own")
        try store(scratch).insert(record)
        #expect(try store(scratch).networks() == [record])
        #expect(try store(scratch).network(named: "own") == record)
        #expect(try store(scratch).network(named: "other") == nil)
    }

    @Test func aNameIsTakenOnce() throws {
        let scratch = try Scratch()
        let store = store(scratch)
        try store.insert(try network("own"))
        #expect(throws: EngineError.self) { try store.insert(try network("own")) }
        let record = try #require(try store.network(named: "own"))
        #expect(try store.delete(record.id))
        #expect(try !store.delete(record.id))
    }

    @Test func attachmentsComeBack() throws {
        let mode = NetworkMode(rawValue: "own")
        let attachments = [
            NetworkAttachment(
                network: "own", ipv4: IPAddress("10.0.0.2"), ipv6: IPAddress("fd00::2"),
                macAddress: MACAddress(bits: 0x0200_0000_0001), aliases: ["a", "b"]),
            NetworkAttachment(network: "other"),
        ]
        for list in [attachments, [], [NetworkAttachment(network: "own")], [NetworkAttachment(network: "other")]] {
            #expect(try AttachmentText.read(AttachmentText.write(list, mode), mode, of: "x") == list)
        }
        #expect(AttachmentText.write([NetworkAttachment(network: "own")], mode).isEmpty)
        #expect(try AttachmentText.read("", .host, of: "x").isEmpty)
        #expect(throws: EngineError.self) { try AttachmentText.read("a b", mode, of: "x") }
        let ports = [ExposedPort(80), ExposedPort(53, .udp)]
        #expect(AttachmentText.ports(AttachmentText.text(ports)) == ports)
    }
}
