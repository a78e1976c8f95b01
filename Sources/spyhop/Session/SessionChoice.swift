/// How a terminal is joined to a container.
struct SessionChoice: Sendable, Equatable {
    /// Keys that leave the container running.
    var keys = DetachKeys.standard
    /// Signals are passed on to the process.
    var signalProxy = true
    /// The streams that are joined.
    var streams = AttachedStreams.all
}
