import Engine
import Testing

@testable import Dashboard

struct AlertRuleTests {
    private func rule(
        _ when: String, hold: String? = nil, containers: String? = nil, clear: String? = nil, then: [String] = []
    ) throws -> AlertRule {
        try AlertRule(.init(when: when, hold: hold, containers: containers, clear: clear, then: then))
    }

    private func refusal(_ source: AlertRule.Source) -> String? {
        do throws(AlertRule.Refusal) {
            _ = try AlertRule(source)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test(arguments: [
        ("cpu > 90", "cpu > 90.0%"), ("CPU>90%", "cpu > 90.0%"), ("memory > 90", "memory > 90.0%"),
        ("memory >= 1.5GiB", "memory >= 1.50GiB"), ("host memory pressure > 20", "host memory pressure > 20.0%"),
        ("io-pressure > 5", "io pressure > 5.0%"), ("receive > 10MB/s", "receive > 10.0MB/s"), ("oom", "oom"),
        ("pids > 80 %", "pids > 80.0%"), ("pids < 1", "pids < 1"), ("unhealthy", "unhealthy"),
        ("restarts > 3", "restarts > 3"),
        ("swap > 100m", "swap > 100MiB"),
    ])
    func conditionsAreReadAsPeopleWriteThem(text: String, shown: String) throws {
        #expect(try rule(text).condition.text == shown)
    }

    @Test(arguments: [
        ("cpuu > 9", "when: there is no figure 'cpuu'"), ("cpu", "when: 'cpu' has no bound"),
        ("cpu > much", "when: 'much' does not begin with a number"), ("cpu > 5MB", "when: cpu is not measured in 'mb'"),
        ("receive > 5%", "when: receive is not measured in per cent"), ("", "when: there is no figure ''"),
        ("cpu > 1.2.3", "when: '1.2.3' does not begin"), ("cpu > >", "when: '>' does not begin"),
    ])
    func badConditionsAreRefusedInASentence(text: String, begin: String) throws {
        let told = try #require(refusal(.init(when: text)))
        #expect(told.hasPrefix(begin), "\(told)")
    }

    @Test func otherKeysAreRefusedByTheirNames() {
        #expect(refusal(.init(when: "cpu > 9", hold: "soon"))?.hasPrefix("for: 'soon' is no time") == true)
        #expect(refusal(.init(when: "cpu > 9", hold: "-5s"))?.hasPrefix("for: ") == true)
        #expect(refusal(.init(when: "cpu > 9", clear: "10"))?.hasPrefix("clear: '10' lies on") == true)
        #expect(refusal(.init(when: "memory > 1GiB", clear: "80%"))?.hasPrefix("clear: '80%' is not in") == true)
        #expect(refusal(.init(when: "cpu > 9", then: ["ring"]))?.hasPrefix("then: 'ring' is none of") == true)
        #expect(refusal(.init(when: "cpu > 9", then: ["command: "])) == "then: the command is empty")
    }

    @Test func actionsAreColourUnlessOthersAreNamed() throws {
        #expect(try rule("oom").actions == [.color])
        let all = try rule("oom", then: ["bell", "Notify", "command: logger  'a b'"]).actions
        #expect(all == [.bell, .notify, .command("logger  'a b'")])
        #expect(AlertRule.standard.count == 3)
    }

    @Test(arguments: [
        ("", "web", true), ("web*", "web-1", true), ("web*", "aweb", false), ("web?", "web1", true),
        ("web?", "web", false),
        ("a,b*", "bc", true), ("* !db", "db", false), ("!db", "web", true), ("*a*a*b", "aaaab", true),
        ("*a*a*b", "aaaac", false),
    ])
    func namesArePickedByPatterns(pattern: String, name: String, matches: Bool) {
        #expect(NamePatterns(pattern).matches(name) == matches)
    }

    // MARK: Evaluating

    private let id = ContainerID(rawValue: String(repeating: "a", count: 64))

    private func round(
        _ second: Int64, cpu: Double? = nil, memory: Double? = nil, oom: UInt64 = 0, health: ContainerHealth? = nil,
        isThere: Bool = true
    ) -> AlertRound {
        var usage = Usage(time: Timestamp(seconds: second))
        usage.cpu = cpu ?? 0
        usage.memoryLimit = 1000
        usage.memory = UInt64((memory ?? 0) * 10)
        usage.newOOMKills = oom
        var host = usage
        host.cpu = 200
        var subjects = [AlertRound.Subject(id: .host, name: "reef", usage: host)]
        if isThere {
            subjects.append(.init(id: .container(id), name: "web-1", usage: usage, health: health, restarts: 2))
        }
        return AlertRound(time: Timestamp(seconds: second), subjects: subjects)
    }

    @Test func aConditionMustHoldForItsTime() throws {
        var book = AlertBook(rules: [try rule("cpu > 90", hold: "3s", containers: "web*")])
        for second in [0, 1, 2] { #expect(book.evaluate(round(Int64(second), cpu: 95)).isEmpty) }
        let news = book.evaluate(round(3, cpu: 99))
        #expect(news.map(\.isRaised) == [true])
        #expect(news.first?.alert.since == Timestamp(seconds: 0))
        #expect(book.evaluate(round(4, cpu: 97)).isEmpty)
        #expect(book.raised.map(\.worst) == [99] && book.raised.map(\.value) == [97])
        #expect(book.colored == [.container(id)])
        #expect(book.raised.first?.sentence == "web-1: cpu > 90.0% for 3s, now 97.0%")
    }

    @Test func aShortPeakRaisesNothing() throws {
        var book = AlertBook(rules: [try rule("cpu > 90", hold: "3s")])
        for second in 0..<30 { #expect(book.evaluate(round(Int64(second), cpu: second % 3 == 0 ? 50 : 95)).isEmpty) }
    }

    @Test func aFigureThatSwingsAroundTheBoundIsOneAlert() throws {
        var book = AlertBook(rules: [try rule("cpu > 90", hold: "2s")])
        var news: [AlertNews] = []
        for second in 0..<60 {
            news += book.evaluate(round(Int64(second), cpu: second < 3 || second % 2 == 0 ? 95 : 85))
        }
        #expect(news.map(\.isRaised) == [true])
        // Below the clear bound of 81 for as long as the rule waits: over.
        for second in 60..<70 { news += book.evaluate(round(Int64(second), cpu: 80)) }
        #expect(news.map(\.isRaised) == [true, false])
        #expect(book.raised.isEmpty && book.colored.isEmpty)
    }

    @Test func anOOMKillStaysForAMinute() throws {
        var book = AlertBook(rules: [try rule("oom", then: ["bell"])])
        #expect(book.evaluate(round(0, oom: 1)).map(\.isRaised) == [true])
        for second in 1..<60 { #expect(book.evaluate(round(Int64(second))).isEmpty) }
        #expect(book.raised.count == 1 && book.colored.isEmpty)
        #expect(book.evaluate(round(61)).map(\.isRaised) == [false])
    }

    @Test func healthAndLimitsAreLookedAt() throws {
        var book = AlertBook(rules: [try rule("unhealthy"), try rule("memory > 90%"), try rule("restarts > 1")])
        let news = book.evaluate(round(0, memory: 95, health: .unhealthy))
        #expect(news.map(\.alert.rule.name) == ["unhealthy", "memory > 90.0%", "restarts > 1"])
        #expect(book.evaluate(round(1, memory: 95, health: nil)).isEmpty)
    }

    @Test func theHostHasRulesOfItsOwn() throws {
        var book = AlertBook(rules: [try rule("host cpu > 150"), try rule("cpu > 150")])
        #expect(book.evaluate(round(0, cpu: 10)).map(\.alert.name) == ["reef"])
    }

    @Test func whoHasGoneAlertsNoMore() throws {
        var book = AlertBook(rules: [try rule("cpu > 90")])
        #expect(book.evaluate(round(0, cpu: 95)).map(\.isRaised) == [true])
        #expect(book.evaluate(round(1, isThere: false)).map(\.isRaised) == [false])
        #expect(book.raised.isEmpty)
    }

    @Test func aClockThatIsSetBackRaisesNoStorm() throws {
        var book = AlertBook(rules: [try rule("cpu > 90", hold: "5s")])
        var news: [AlertNews] = []
        for second in [100, 101, 20, 21, 22, 23] { news += book.evaluate(round(Int64(second), cpu: 95)) }
        #expect(news.count == 1)
    }

    @Test func otherRulesBeginAnew() throws {
        var book = AlertBook(rules: [try rule("cpu > 90")])
        _ = book.evaluate(round(0, cpu: 95))
        book.rules = [try rule("cpu > 99")]
        #expect(book.raised.isEmpty)
        #expect(book.evaluate(round(1, cpu: 95)).isEmpty)
    }
}
