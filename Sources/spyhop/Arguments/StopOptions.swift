import ArgumentParser

/// How a container is stopped, shared by `stop` and `restart`.
struct StopOptions: ParsableArguments {
    @Option(
        name: [.customShort("t", allowingJoined: true), .customLong("timeout"), .customLong("time")],
        parsing: .unconditional,
        help: .init("Seconds before SIGKILL; -1 waits without end.", valueName: "seconds"))
    var timeout: Int?

    @Option(
        name: [.customShort("s", allowingJoined: true), .long], parsing: .unconditional,
        help: .init("Signal to send.", valueName: "signal"))
    var signal: String?

    /// The signal's number.
    func signalNumber() throws -> Int32? { try signal.map(SignalName.number) }
}
