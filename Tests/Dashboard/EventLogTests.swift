import Engine
import Terminal
import Testing

@testable import Dashboard

@Suite struct EventLogTests {
    @Test func theNewestAreKeptAndNoMore() {
        var log = EventLog()
        let many = (0..<EventLog.limit + 10).map {
            Event(time: Timestamp(seconds: Int64($0)), type: .container, action: "start", actorID: "a")
        }
        log.append(many)
        #expect(log.all.count == EventLog.limit)
        #expect(log.dropped == 10)
        #expect(log.selected?.time.seconds == Int64(EventLog.limit + 9))
    }

    @Test func olderOnesComeBeforeAndOnlyOnce() {
        var log = EventLog()
        log.append(Array(Scenery.happenings.suffix(2)))
        log.prepend(Scenery.happenings)
        #expect(log.all == Scenery.happenings)
        log.select(1)
        let chosen = log.selected
        log.append([Event(time: Scenery.now, type: .image, action: "pull", actorID: "x")])
        #expect(log.selected == chosen)
        #expect(!log.isFollowing)
    }

    @Test func wordsNarrowAndExclude() {
        var log = EventLog()
        log.append(Scenery.happenings)
        log.setFilter("web")
        #expect(log.shown.count == 2)
        log.setFilter("container !web")
        #expect(log.shown.map { log.all[$0].action } == ["connect", "die", "oom"])
        log.setFilter("exitcode=1")
        #expect(log.shown.map { log.all[$0].action } == ["die"])
        log.setFilter("")
        log.stepType()
        #expect(log.onlyType == .container)
        for _ in 0..<Event.ObjectType.allCases.count { log.stepType() }
        #expect(log.onlyType == nil)
    }

    @Test func enterLeadsToTheContainer() {
        var state = Scenery.state(view: .events)
        _ = state.update(.events(Scenery.happenings))
        state[EventsPane.self].log.setFilter("oom")
        _ = state.update(.key(.enter))
        #expect(state.view == .containers)
        #expect(state.selected?.name == "saw-tooth")
    }

    @Test func whatHappensIsKeptWhileNobodyLooks() {
        var state = Scenery.state(view: .images)
        _ = state.update(.events(Scenery.happenings))
        #expect(state[EventsPane.self].log.all == Scenery.happenings)
        let effects = state.update(.key(.character("9")))
        #expect(effects.contains { if case .errand(let errand) = $0 { errand.errand is ReadEvents } else { false } })
    }
}
