/// Container logs can be read.
public protocol LogReading: Sendable {
    /// Opens the log; oldest wanted line first.
    func logs(of reference: String, options: LogOptions) async throws -> any LogReader
}

/// A log being read, by pulling: memory stays bounded however long the log is.
public protocol LogReader: Sendable {
    /// The next lines, some at a time; an empty answer never comes. `nil` at the end, or when following
    /// ended with the container.
    func next() async throws -> [LogLine]?
}
