import CLinux

/// A question that was passed on by a datagram, until an answer to it comes.
final class ForwardedQuestion {
    /// Most at once, of a container.
    static let most = 128
    /// How long one server is waited for; clients ask again after five seconds.
    static let patience: Int64 = 1_500_000_000
    /// How often all servers are asked.
    static let rounds = 2

    let client: monitor_endpoint
    /// The client's own number; towards a server it is one that nobody can guess.
    let clientID: UInt16
    private(set) var id: UInt16 = 0
    /// Where the question ends in the message.
    let end: Int
    private let bytes: UnsafeMutableRawBufferPointer
    /// Connected to one server, from a port that the kernel draws.
    private var socket = Descriptor()
    /// How many times a server was asked.
    private(set) var attempts = 0
    var deadline: Int64 = 0
    var isAnswered = false

    init(_ packet: Packet, id: UInt16, end: Int, client: monitor_endpoint) {
        self.client = client
        clientID = id
        self.end = end
        bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: packet.bytes.count, alignment: 1)
        bytes.copyMemory(from: packet.bytes)
    }

    deinit { bytes.deallocate() }

    var number: Int32 { socket.number }
    var packet: Packet { Packet(UnsafeRawBufferPointer(bytes)) }

    func isOf(_ other: monitor_endpoint, id: UInt16) -> Bool {
        clientID == id && client.port == other.port && client.bytes.0 == other.bytes.0
            && client.bytes.1 == other.bytes.1 && client.bytes.2 == other.bytes.2 && client.bytes.3 == other.bytes.3
    }

    /// Sends the question to a server by a new socket and with a new number; false when that server cannot be asked.
    func send(to server: monitor_endpoint) -> Bool {
        attempts += 1
        deadline = monitor_monotonic() + Self.patience
        socket = Descriptor(owning: monitor_socket(Int32(server.family), Int32(SOCK_DGRAM.rawValue)))
        var server = server
        guard socket.isOpen, monitor_connect(socket.number, &server) == 0, let start = bytes.baseAddress else {
            return false
        }
        guard monitor_random(&id, 2) == 2 else { return false }
        bytes[0] = UInt8(id >> 8)
        bytes[1] = UInt8(id & 0xff)
        return monitor_send(socket.number, start, bytes.count) == bytes.count
    }
}
