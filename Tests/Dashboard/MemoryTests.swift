import Testing

@testable import Dashboard

@Suite struct MemoryTests {
    @Test func whatAnUpdateWritesIsKeptAtItsEnd() {
        var state = Scenery.state(columns: 100, rows: 30)
        state.memory["containers.sort"] = "cpu"
        state.memory["containers.sort"] = "memory"
        let effects = state.update(.resized(columns: 90, rows: 30))
        #expect(effects.contains(.remember(DashboardMemory.Change("containers.sort", "memory"))))
        let later = state.update(.resized(columns: 91, rows: 30))
        #expect(!later.contains { if case .remember = $0 { true } else { false } })
    }

    @Test func whatIsThereAlreadyIsNotWrittenAgain() {
        var memory = DashboardMemory(["view": "logs"])
        memory["view"] = "logs"
        #expect(memory.takeChanges().isEmpty)
        memory["view"] = nil
        #expect(memory.takeChanges() == [DashboardMemory.Change("view", nil)])
        #expect(memory["view"] == nil)
    }

    @Test func itIsBounded() {
        var memory = DashboardMemory()
        let long = String(repeating: "x", count: DashboardMemory.textLimit)
        let accepted = [
            memory.remember("a", long), memory.remember("b", long + "x"),
            memory.remember(String(repeating: "k", count: DashboardMemory.keyLimit + 1), "x"),
        ]
        #expect(accepted == [true, false, false])
        for number in 0..<2 * DashboardMemory.countLimit { memory.remember("key.\(number)", "x") }
        #expect(memory.texts.count == DashboardMemory.countLimit)
        let changes = memory.remember("a", "short")
        #expect(changes, "what is known may change")
        #expect(DashboardMemory(["a": long + "x", "b": "y"]).texts == ["b": "y"])
    }

    @Test func keysAreFoundByTheirBeginning() {
        let memory = DashboardMemory(["layouts.two": "", "layouts.one": "", "view": ""])
        #expect(memory.keys(under: "layouts.") == ["layouts.one", "layouts.two"])
    }
}
