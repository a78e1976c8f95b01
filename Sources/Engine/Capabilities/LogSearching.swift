/// Logs can be read from any place in either direction, and searched.
///
/// All of it can be cancelled with its task. Memory stays bounded however long the log is.
public protocol LogSearching: Sendable {
    /// A stretch of a log: the lines that are wanted, from a place on. When they are rare the whole log is looked through.
    func logPage(of reference: String, _ request: LogPageRequest, progress: LogProgress?) async throws -> LogPage
    /// Counts the lines that are meant, from `place` on (`nil`: from the beginning) up to but not including `end`.
    func countLog(
        of reference: String, _ selection: LogSelection, from place: LogPlace?, upTo end: LogPlace?,
        progress: LogProgress?
    ) async throws -> LogTally
}
