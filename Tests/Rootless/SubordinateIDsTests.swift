import LinuxSystem
import Testing

@testable import Rootless

struct SubordinateIDsTests {
    private let whale = UserAccount(uid: 1000, gid: 1000, names: ["whale"])

    @Test func linesAreFoundByNameAndByNumber() {
        let text = "root:1:2\nwhale:100000:65536\n# a comment\n1000:300000:10\nwhales:5:5\n"
        let ranges = SubordinateIDs.ranges(in: text, of: whale)
        #expect(ranges == [.init(start: 100_000, count: 65_536), .init(start: 300_000, count: 10)])
    }

    @Test(arguments: [
        "whale:100000", "whale:x:5", "whale:100000:0", "whale:4294967295:2", "whale:1:2:3", "whale:-1:5", "",
    ])
    func malformedLinesArePassedOver(line: String) {
        #expect(SubordinateIDs.ranges(in: line, of: whale) == [])
    }

    @Test func theUserIsRootAndTheRangesFollow() {
        let map = SubordinateIDs.map(
            own: 1000, ranges: [.init(start: 100_000, count: 65_536), .init(start: 300_000, count: 10)])
        #expect(
            map == [
                IDMapping(inside: 0, outside: 1000, count: 1),
                IDMapping(inside: 1, outside: 100_000, count: 65_536),
                IDMapping(inside: 65_537, outside: 300_000, count: 10),
            ])
    }

    @Test func noIdIsMappedTwiceAndNoneBeyondTheLast() {
        let twice = SubordinateIDs.map(
            own: 1000,
            ranges: [.init(start: 900, count: 200), .init(start: 5000, count: 10), .init(start: 5005, count: 1)])
        #expect(twice.map(\.outside) == [1000, 5000])
        let huge = SubordinateIDs.map(
            own: 1000, ranges: [.init(start: 2000, count: .max - 3000), .init(start: 1, count: 900)])
        #expect(huge.count == 3 && huge[2].inside == UInt32.max - 2999)
        let many = SubordinateIDs.map(own: 0, ranges: (1...1000).map { .init(start: UInt32($0 * 10), count: 1) })
        #expect(many.count == 340)
    }

    @Test func namesComeFromPasswd() {
        let text = "root:x:0:0::/:/bin/sh\nwhale:x:1000:1000::/:/bin/sh\nalias:x:1000:7::/:\n:x:1000:7::/:\nbroken:x\n"
        #expect(UserAccount.names(of: 1000, in: text) == ["whale", "alias"])
        #expect(UserAccount.names(of: 7, in: text) == [])
    }

    @Test func mapsAreReadAsTheKernelShowsThem() {
        let map = IDMapping.parse("         0       1000          1\n         1     100000      65536\n  broken\n")
        #expect(map.map(\.inside) == [0, 1] && map.map(\.count) == [1, 65_536])
        #expect(!UserNamespace.isNarrow(map) && UserNamespace.isNarrow([map[0]]) && UserNamespace.isNarrow([]))
    }
}
