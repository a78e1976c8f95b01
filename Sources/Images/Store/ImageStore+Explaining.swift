import Engine
import Glibc
import LinuxSystem

extension ImageStore {
    /// An error of a change with what a person can do about it: a full disk is told as such.
    public func explained(_ error: EngineError) -> EngineError {
        guard error.hint == nil, let cause = error.cause, Self.isFull(cause) else { return error }
        return EngineError(
            error.code, error.message,
            hint:
                "the images in \(root) are as they were, and what has come so far of a pull is kept for the next try; "
                + "free space there: spyhop image prune, spyhop rmi, spyhop system prune",
            cause: Told(description: cause))
    }

    /// A full disk, or all that its owner may have of it.
    private static func isFull(_ cause: String) -> Bool {
        [ENOSPC, EDQUOT].contains { cause.hasSuffix(SystemError.words($0)) }
    }

    /// A cause that is in words already.
    private struct Told: Error, CustomStringConvertible {
        var description: String
    }
}
