import Engine
import Testing

@testable import Cgroups

/// Ordered rules as version 1's devices controller can hold them.
struct DeviceAccessTests {
    private func rule(_ text: String, allow: Bool = true) throws -> DeviceRule {
        var rule = try #require(DeviceRule(text: text))
        rule.allow = allow
        return rule
    }

    @Test func rulesFromNoneOnAddUp() throws {
        let access = try DeviceAccess([try rule("c 1:3 r"), try rule("b 8:* rw"), try rule("c 1:3 w")])
        #expect(!access.allowsByDefault)
        #expect(access.exceptions == [try rule("c 1:3 rw"), try rule("b 8:* rw")])
    }

    @Test func aRuleForEverythingForgetsWhatWasBefore() throws {
        let access = try DeviceAccess([
            try rule("c 1:3 rwm"), DeviceRule.everything, try rule("c 1:3 w", allow: false),
        ])
        #expect(access.allowsByDefault)
        #expect(access.exceptions == [try rule("c 1:3 w", allow: false)])
    }

    @Test func laterRulesTakeBackWhatTheyCover() throws {
        let access = try DeviceAccess([
            try rule("c 1:3 rwm"), try rule("c 1:5 rwm"), try rule("c 1:* wm", allow: false),
            try rule("c 1:5 r", allow: false),
        ])
        #expect(access.exceptions == [try rule("c 1:3 r")])
    }

    @Test func aHoleInAWildcardIsRefused() throws {
        let error = #expect(throws: EngineError.self) {
            try DeviceAccess([try rule("c 1:* rwm"), try rule("c 1:3 w", allow: false)])
        }
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("c 1:3 w") == true)
    }

    @Test func otherRightsOfAWildcardAreNoHole() throws {
        let access = try DeviceAccess([try rule("c *:* m"), try rule("c 1:3 rw", allow: false)])
        #expect(access.exceptions == [try rule("c *:* m")])
    }

    @Test(arguments: ["", "c 1:3", "x 1:3 r", "c 1 r", "c 1:-3 r", "c 1:3 rx", "c 1:3 ", "c 1:3 r w"])
    func whatIsNoRuleIsNotRead(text: String) {
        #expect(DeviceRule(text: text) == nil)
    }
}
