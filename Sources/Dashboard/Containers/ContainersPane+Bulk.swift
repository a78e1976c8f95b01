import Engine

/// What can be done to many containers at once.
extension ContainersPane {
    static func bulk(_ state: DashboardState) -> [BulkChoice] {
        let rows = scope(state)
        let marked = state.list.marks.isEmpty ? [] : state.list.targets
        func choice(_ label: String, _ operation: Operation, _ rows: [Container]) -> BulkChoice {
            var loss = ""
            if case .remove = operation { loss = words("What was written in them and their logs are lost.") }
            return BulkChoice(label, words(for: operation.verb).capitalizedFirst, rows, loss: loss, deed: operation) {
                $0.id.rawValue
            }
        }
        let running = rows.filter { $0.state.name == "running" }
        let idle = rows.filter { $0.isIdle(state.list.table.facts) }
        let paused = rows.filter { $0.state.name == "paused" }
        let unhealthy = rows.filter { $0.health == .unhealthy && $0.state.isAlive }
        return [
            choice(words("Restart the marked"), .restart, marked),
            choice(words("Stop the marked"), .stop, marked.filter { !$0.isIdle(state.list.table.facts) }),
            choice(words("Start the marked"), .start, marked.filter { $0.isIdle(state.list.table.facts) }),
            choice(words("Remove the marked"), .remove(force: true), marked),
            choice(words("Restart what is unhealthy"), .restart, unhealthy),
            choice(words("Stop all that run"), .stop, running + paused),
            choice(words("Restart all that run"), .restart, running),
            choice(words("Pause all that run"), .pause, running),
            choice(words("Resume all that are paused"), .unpause, paused),
            choice(words("Start all that are stopped"), .start, idle.filter { $0.state.name != "dead" }),
            choice(words("Remove all that are stopped"), .remove(force: false), idle),
            choice(words("Kill and remove all"), .remove(force: true), rows),
        ]
    }

    static func carryOut(_ choice: BulkChoice, _ state: inout DashboardState) -> [Effect] {
        guard let operation = choice.deed.value as? Operation else { return [] }
        return state.perform(operation, on: choice.ids.map(ContainerID.init(rawValue:)))
    }
}
