/// A message (D-Bus Specification, "Message Format").
public struct DBusMessage: Sendable, Hashable {
    /// What a message is.
    public enum Kind: UInt8, Sendable, Hashable {
        /// A method is called.
        case call = 1
        /// A method has answered.
        case reply = 2
        /// A method has failed.
        case error = 3
        /// Something has happened.
        case signal = 4
    }

    /// What it is.
    public var kind: Kind
    /// Bits; 1 means that no reply is expected.
    public var flags: UInt8 = 0
    /// The sender's number for it, never 0.
    public var serial: UInt32 = 0
    /// The object.
    public var path: String?
    /// The interface.
    public var interface: String?
    /// The method or the signal.
    public var member: String?
    /// An error's name.
    public var errorName: String?
    /// The number of the message that this one answers.
    public var replySerial: UInt32?
    /// The bus's name of who is to get it.
    public var destination: String?
    /// The bus's name of who sent it, as the bus tells; `nil` without a bus.
    public var sender: String?
    /// The values.
    public var body: [DBusValue] = []

    /// A message with nothing in it yet.
    public init(_ kind: Kind) { self.kind = kind }

    /// A call of a method.
    public static func call(
        _ member: String, of interface: String, at path: String, destination: String?, body: [DBusValue] = []
    ) -> DBusMessage {
        var message = DBusMessage(.call)
        message.member = member
        message.interface = interface
        message.path = path
        message.destination = destination
        message.body = body
        return message
    }

    /// The error that an error message is.
    var error: DBusError {
        .remote(name: errorName ?? "an error without a name", text: body.first?.text ?? "")
    }
}
