import Foundation
import Testing

@testable import LinuxSystem

struct DescriptorLimitTests {
    @Test func raisingGivesTheHardLimitAndRemembersTheOldOne() throws {
        let before = try #require(DescriptorLimit.current)
        DescriptorLimit.raise()
        let after = try #require(DescriptorLimit.current)
        #expect(after.soft == after.hard && after.hard == before.hard)
        if before.soft < before.hard { #expect(DescriptorLimit.original == before) }
        DescriptorLimit.raise()
        if before.soft < before.hard { #expect(DescriptorLimit.original == before) }
    }

    @Test func theTableHasRoomAtOnceAndTakesNoDescriptor() throws {
        let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap(Int.init).max()
        DescriptorLimit.makeTable(of: 700)
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let size = status.split(separator: "\n").first { $0.hasPrefix("FDSize:") }?.split(separator: "\t").last
        #expect(try #require(size.flatMap { Int($0) }) >= 700)
        #expect(!FileManager.default.fileExists(atPath: "/proc/self/fd/699") || open ?? 0 >= 699)
    }
}
