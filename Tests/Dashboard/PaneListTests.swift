import Engine
import Testing

@testable import Dashboard

@Suite struct PaneListTests {
    @Test func everyPaneStandsInTheListOnceUnderItsOwnName() {
        let names = PaneList.all.map { $0.pane.name }
        #expect(Set(names).count == names.count)
        for kind in PaneList.all { #expect(PaneList.pane(named: kind.pane.name)?.kind == kind) }
        #expect(PaneList.pane(named: "nonsense") == nil)
    }

    @Test func viewsShowPanesOfTheListAndTabsThatExist() {
        let names = ViewName.allCases
        #expect(Set(names).count == names.count)
        for view in names {
            #expect(view.panes.allSatisfy { PaneList.pane(named: $0.name) != nil }, "\(view.rawValue)")
            #expect(names.contains(view.tab))
            #expect(ViewName(rawValue: view.rawValue) == view)
        }
        #expect(ViewName(rawValue: "nonsense") == nil)
    }

    @Test func everyPaneLooksItsKeysUpEverywhereAtLast() {
        for kind in PaneList.all { #expect(kind.contexts.last == .everywhere, "\(kind.pane)") }
    }

    @Test func whatTheMenusOfferHasAKey() {
        for kind in PaneList.all {
            for action in kind.menu {
                #expect(KeyMap.standard.key(for: action) != nil, "\(kind.pane): \(action.rawValue)")
            }
        }
    }

    @Test func errandsAreTheSameWhenTheyAskTheSame() {
        struct Ask: Errand {
            var what: Int
            func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {}
        }
        #expect(Effect.errand(.logs, Ask(what: 1)) == .errand(.logs, Ask(what: 1)))
        #expect(Effect.errand(.logs, Ask(what: 1)) != .errand(.logs, Ask(what: 2)))
        #expect(Effect.errand(.logs, Ask(what: 1)) != .errand(.graphs, Ask(what: 1)))
    }
}
