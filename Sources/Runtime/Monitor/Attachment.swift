import CMonitorWire

/// What a client of a monitor wants (the flags of its HELLO frame).
public struct Attachment: OptionSet, Sendable, Hashable {
    /// `SPH_HELLO_*` bits.
    public let rawValue: UInt32
    /// Wraps `SPH_HELLO_*` bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    /// The process's output.
    public static let output = Attachment(rawValue: UInt32(SPH_HELLO_OUTPUT.rawValue))
    /// The right to write to its standard input.
    public static let input = Attachment(rawValue: UInt32(SPH_HELLO_INPUT.rawValue))
    /// It is the terminal or pipe that the output is for: when it is slow the container waits for it, and it removes
    /// an `autoRemove` container itself.
    public static let owner = Attachment(rawValue: UInt32(SPH_HELLO_OWNER.rawValue))
    /// The container lives no longer than the connection, and ends at once with it. Its exit is told when its root is
    /// unmounted.
    public static let leash = Attachment(rawValue: UInt32(SPH_HELLO_LEASH.rawValue))
}
