import Engine
import LinuxSystem
import Synchronization

/// Tells whoever asked for the build where its steps stand.
final class StepReporter: Sendable {
    private struct State {
        var steps: [BuildStep] = []
        /// When a step has begun, by the clock that never goes back.
        var begun: [Int: Int64] = [:]
    }

    private let progress: BuildProgress
    private let state = Mutex(State())

    init(_ progress: @escaping BuildProgress) { self.progress = progress }

    /// Tells an event that is no step's state.
    func tell(_ event: BuildEvent) { progress(event) }

    /// Announces the plan; the steps are numbered from 1 in its order.
    func plan(_ steps: [BuildStep]) {
        state.withLock { $0.steps = steps }
        progress(.planned(steps))
    }

    /// A step that no plan could foresee; answers its number.
    func add(_ name: String, stage: String? = nil, line: Int = 0) -> Int {
        let step = state.withLock { state in
            let step = BuildStep(id: state.steps.count + 1, name: name, stage: stage, line: line)
            state.steps.append(step)
            return step
        }
        progress(.step(step))
        return step.id
    }

    /// The step as it was told last.
    func step(_ id: Int) -> BuildStep {
        state.withLock { state in
            guard id >= 1, id <= state.steps.count else { return BuildStep(id: id, name: "") }
            return state.steps[id - 1]
        }
    }

    func begin(_ id: Int, name: String? = nil) {
        let now = Timestamp(nanoseconds: Clock.realtime())
        change(id, name: name) { _ in .running(since: now) }
    }

    func cached(_ id: Int, name: String? = nil) { change(id, name: name) { _ in .cached } }

    func done(_ id: Int, name: String? = nil) {
        change(id, name: name) { .done(nanoseconds: $0) }
    }

    func failed(_ id: Int, reason: String) {
        let line = reason.split(separator: "\n").first.map(String.init) ?? reason
        change(id, name: nil) { .failed(nanoseconds: $0, reason: line) }
    }

    /// All that has not ended has been stopped.
    func cancelRest() {
        let cancelled = state.withLock { state in
            var cancelled: [BuildStep] = []
            for index in state.steps.indices where !state.steps[index].hasEnded {
                state.steps[index].state = .cancelled
                cancelled.append(state.steps[index])
            }
            return cancelled
        }
        for step in cancelled { progress(.step(step)) }
    }

    private func change(_ id: Int, name: String?, _ next: (_ elapsed: Int64) -> BuildStep.State) {
        let now = Clock.monotonic()
        let step = state.withLock { state -> BuildStep? in
            guard id >= 1, id <= state.steps.count, !state.steps[id - 1].hasEnded else { return nil }
            let changed = next(now - state.begun[id, default: now])
            if case .running = changed { state.begun[id] = now }
            state.steps[id - 1].state = changed
            if let name { state.steps[id - 1].name = name }
            return state.steps[id - 1]
        }
        if let step { progress(.step(step)) }
    }
}

extension BuildStep {
    fileprivate var hasEnded: Bool {
        switch state {
        case .waiting, .running: false
        case .cached, .done, .failed, .cancelled: true
        }
    }
}
