import CLinux
import CMonitorWire

/// Somebody connected to the monitor's socket.
final class Client {
    /// Where the reading of frames stands.
    enum Reading {
        /// A frame's header, as far as `filled` tells.
        case header
        /// A small frame's payload.
        case payload
        /// A frame's payload in memory of its own.
        case largePayload
        /// So many bytes of standard input are still to come.
        case input(Int)
    }

    /// Most bytes that wait for a client.
    static let bound = 256 << 10

    var socket: Descriptor
    var flags: UInt32 = 0
    var isGreeted = false
    var awaitsExit = false
    var awaitsStop = false
    /// It is let go: what waits for it is still sent, nothing is read.
    var isLeaving = false
    /// Its connection is broken; the loop forgets it.
    var isGone = false
    /// The container takes no input at the moment.
    var isHeld = false
    /// It has said that no input will follow, before the container ran.
    var endsInput = false
    var interest: UInt32 = 0

    var reading = Reading.header
    var frame = sph_frame()
    var payload: (UInt64, UInt64) = (0, 0)
    var filled = 0
    /// The payload of a frame that does not fit into `payload`.
    var large: UnsafeMutableRawBufferPointer?
    /// A descriptor that came along with the frame being read.
    var passed = Descriptor()
    private var queue = ByteQueue()

    init(socket: Int32) { self.socket = Descriptor(owning: socket) }

    deinit { large?.deallocate() }

    func has(_ flag: sph_hello_flag) -> Bool { flags & flag.rawValue != 0 }

    var isOwner: Bool { has(SPH_HELLO_OWNER) && !isLeaving && !isGone }
    var wantsOutput: Bool { has(SPH_HELLO_OUTPUT) && !isLeaving && !isGone }
    var waiting: Int { queue.count }

    /// Sends a frame: at once when nothing waits, else behind what does.
    func send(_ kind: sph_frame_kind, _ bytes: UnsafeRawPointer, _ count: Int) {
        guard !isGone else { return }
        var header = sph_frame(kind: kind.rawValue, length: UInt32(truncatingIfNeeded: count))
        let headerSize = MemoryLayout<sph_frame>.size
        var sent = 0
        if queue.count == 0 {
            sent = monitor_write2(socket.number, &header, headerSize, bytes, count)
            if sent == -Int(EAGAIN) { sent = 0 }
            guard sent >= 0 else {
                isGone = true
                return
            }
        }
        if sent < headerSize {
            withUnsafeBytes(of: &header) { raw in
                if let start = raw.baseAddress { queue.append(start + sent, count: headerSize - sent) }
            }
            sent = headerSize
        }
        let rest = count - (sent - headerSize)
        if rest > 0 { queue.append(bytes + (count - rest), count: rest) }
    }

    /// Answers a request: 0 or an errno.
    func acknowledge(_ code: Int32) {
        var code = code
        send(SPH_FRAME_ACK, &code, 4)
    }

    /// Lets a client go that does not keep up.
    func detach() {
        var nothing: UInt8 = 0
        send(SPH_FRAME_DETACHED, &nothing, 0)
        isLeaving = true
    }

    /// Sends what waits, as far as the socket takes it.
    func flush() {
        do throws(SystemError) {
            try queue.flush(to: socket.number)
        } catch {
            isGone = true
        }
    }
}
