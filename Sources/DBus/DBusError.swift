import LinuxSystem

/// Why a conversation over D-Bus failed.
public enum DBusError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kernel refused.
    case system(SystemError)
    /// The address is none, or of a kind that is not spoken here.
    case address(String)
    /// The other side does not accept who we are; its words.
    case authentication(String)
    /// The other side ended the connection.
    case closed
    /// Nothing came in time; what was waited for.
    case timedOut(String)
    /// The other side sent what is no message; what is wrong with it.
    case malformed(String)
    /// We were asked to send what is no message; what is wrong with it.
    case unsendable(String)
    /// The method answered with an error: its name (`org.freedesktop.…`) and its words.
    case remote(name: String, text: String)

    /// The name of the error with which a method answered.
    public var remoteName: String? { if case .remote(let name, _) = self { name } else { nil } }

    /// One phrase, lower case.
    public var description: String {
        switch self {
        case .system(let error): error.description
        case .address(let address): "'\(address)' is no address of a unix socket"
        case .authentication(let words): "the bus does not accept this user: \(words)"
        case .closed: "the bus ended the connection"
        case .timedOut(let what): "no \(what) in time"
        case .malformed(let what): "the bus sent no proper message: \(what)"
        case .unsendable(let what): "this cannot be sent: \(what)"
        case .remote(let name, let text): text.isEmpty ? name : "\(text) (\(name))"
        }
    }
}
