/// What went wrong in an engine: what was tried, on what, why it failed and what to do next.
///
/// One shape for every engine, so that the command line and the dashboard can tell any failure
/// in one sentence and choose docker's exit code from `code`.
public struct EngineError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kind of failure, which decides exit codes and colours.
    public struct Code: Sendable, Hashable, RawRepresentable {
        /// The name of the kind, lower case.
        public let rawValue: String
        /// Wraps a code's name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// No container, image or other object answers to the reference.
        public static let notFound = Code(rawValue: "not found")
        /// The name or object is taken, or the object is in a state that forbids the operation.
        public static let conflict = Code(rawValue: "conflict")
        /// The request itself makes no sense: a malformed reference, limit or flag.
        public static let invalidArgument = Code(rawValue: "invalid argument")
        /// The container's command exists but cannot be executed (docker's exit code 126).
        public static let commandNotExecutable = Code(rawValue: "command not executable")
        /// The container's command does not exist (docker's exit code 127).
        public static let commandNotFound = Code(rawValue: "command not found")
        /// The host lacks something: a kernel feature, a right, a program.
        public static let unsupported = Code(rawValue: "unsupported")
        /// Stored bytes do not match their digest or format.
        public static let corrupted = Code(rawValue: "corrupted")
        /// The kernel or file system refused.
        public static let system = Code(rawValue: "system")
        /// Somebody at the other end refuses: not logged in, no right, too many requests.
        public static let denied = Code(rawValue: "denied")
        /// The other end cannot be reached, or broke off.
        public static let unreachable = Code(rawValue: "unreachable")
        /// The caller gave up.
        public static let cancelled = Code(rawValue: "cancelled")
    }

    /// What kind of failure it is.
    public let code: Code
    /// Lower case, no full stop: what was tried, on what, and why it failed.
    public let message: String
    /// What the person can do next, when there is something to do.
    public let hint: String?
    /// The error beneath, already in words.
    public let cause: String?

    /// Makes an error. `cause` is rendered at once, so the value stays `Sendable`.
    public init(_ code: Code, _ message: String, hint: String? = nil, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
        self.cause = cause.map { "\($0)" }
    }

    /// The whole sentence: message, cause and hint.
    public var description: String {
        var text = message
        if let cause { text += ": \(cause)" }
        if let hint { text += " (\(hint))" }
        return text
    }
}
