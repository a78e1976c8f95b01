import Synchronization

/// Tokens of which the first opens a door only so many times.
final class TokenUses: Sendable {
    private struct State {
        var made = 0
        var left: Int
    }

    private let state: Mutex<State>

    init(first uses: Int) { state = Mutex(State(left: uses)) }

    /// How many tokens there have been.
    var made: Int { state.withLock { $0.made } }

    /// A fresh token.
    func next() -> String {
        state.withLock { state in
            state.made += 1
            return "token\(state.made)"
        }
    }

    /// Whether an Authorization header has a token that opens the door now.
    func opens(_ header: String?) -> Bool {
        state.withLock { state in
            guard let header, header.hasPrefix("Bearer token") else { return false }
            guard header == "Bearer token1" else { return true }
            state.left -= 1
            return state.left >= 0
        }
    }
}
