import CLinux

/// What one client sends by datagrams to one port, and gets back.
final class Flow {
    let port: Int
    let client: monitor_endpoint
    /// The address of the host that was asked: answers must come from there.
    let asked: monitor_endpoint
    let hash: UInt32
    private var socket: Descriptor
    var lastUse: Int64 = 0
    /// The next of the same hash.
    var next: Int?

    init(port: Int, client: monitor_endpoint, asked: monitor_endpoint, hash: UInt32, socket: consuming Descriptor) {
        self.port = port
        self.client = client
        self.asked = asked
        self.hash = hash
        self.socket = socket
    }

    var number: Int32 { socket.number }

    func isOf(_ port: Int, _ client: monitor_endpoint, _ asked: monitor_endpoint) -> Bool {
        self.port == port && self.client.isSame(as: client) && self.asked.isSame(as: asked)
    }
}

extension monitor_endpoint {
    func isSame(as other: monitor_endpoint) -> Bool {
        withUnsafeBytes(of: self) { own in
            withUnsafeBytes(of: other) { raw in
                guard let left = own.baseAddress, let right = raw.baseAddress else { return false }
                return memcmp(left, right, own.count) == 0
            }
        }
    }

    /// Mixes its bytes into a hash (FNV-1a).
    func mix(into hash: inout UInt32) {
        withUnsafeBytes(of: self) { raw in
            for byte in raw { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        }
    }
}
