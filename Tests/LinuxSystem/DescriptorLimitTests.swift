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
}
