import Engine

/// Something that was done from the dashboard, and what came of it.
struct ActivityEntry: Sendable, Hashable, Identifiable {
    enum Outcome: Sendable, Hashable {
        case running, done
        case failed(String)
    }

    let id: Int
    /// When it was asked for.
    let began: Timestamp
    /// `stop`, `remove image`.
    var deed: String
    /// What it was done to.
    var target: String
    var outcome = Outcome.running
    var ended: Timestamp?
    /// How far it has come, in words, where that is known.
    var progress = ""
    /// The command line that does the same.
    var command: String

    /// Seconds from asking to the answer, or until `now`.
    func seconds(at now: Timestamp) -> Double {
        (ended ?? now).since(began) / .seconds(1)
    }
}
