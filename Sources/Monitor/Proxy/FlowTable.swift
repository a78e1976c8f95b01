import CLinux

/// All clients that send datagrams, found by who they are; who is silent for long is forgotten.
struct FlowTable {
    private static let most = 1024
    private static let buckets = 256
    /// As docker's proxy has it.
    private static let silence: Int64 = 90_000_000_000
    private static let look: Int64 = 15_000_000_000

    private var flows: [Flow?] = []
    private var free: [Int] = []
    private var first: [Int?] = []
    private var count = 0
    private var nextLook: Int64 = 0

    static func hash(_ port: Int, _ client: monitor_endpoint, _ asked: monitor_endpoint) -> UInt32 {
        var hash: UInt32 = 2_166_136_261 ^ UInt32(truncatingIfNeeded: port)
        client.mix(into: &hash)
        asked.mix(into: &hash)
        return hash
    }

    /// The flow in a slot.
    func flow(at place: Int) -> Flow? { place < flows.count ? flows[place] : nil }

    func find(_ port: Int, _ client: monitor_endpoint, _ asked: monitor_endpoint, hash: UInt32) -> Flow? {
        guard !first.isEmpty else { return nil }
        var place = first[Int(hash) % Self.buckets]
        while let here = place, let flow = flows[here] {
            if flow.isOf(port, client, asked) { return flow }
            place = flow.next
        }
        return nil
    }

    /// Adds a flow and answers its slot; the one that was silent for longest goes when there are too many.
    mutating func add(_ flow: Flow) -> Int {
        if first.isEmpty { first = [Int?](repeating: nil, count: Self.buckets) }
        if count >= Self.most { removeOldest() }
        let place = free.popLast() ?? flows.count
        if place == flows.count { flows.append(flow) } else { flows[place] = flow }
        let bucket = Int(flow.hash) % Self.buckets
        flow.next = first[bucket]
        first[bucket] = place
        count += 1
        return place
    }

    private mutating func remove(at place: Int) {
        guard let flow = flows[place] else { return }
        let bucket = Int(flow.hash) % Self.buckets
        if first[bucket] == place {
            first[bucket] = flow.next
        } else {
            var before = first[bucket]
            while let here = before, let other = flows[here] {
                if other.next == place {
                    other.next = flow.next
                    break
                }
                before = other.next
            }
        }
        flows[place] = nil
        free.append(place)
        count -= 1
    }

    private mutating func removeOldest() {
        var oldest: Int?
        var moment = Int64.max
        for place in 0..<flows.count {
            if let flow = flows[place], flow.lastUse < moment {
                moment = flow.lastUse
                oldest = place
            }
        }
        if let oldest { remove(at: oldest) }
    }

    mutating func forget(port: Int) {
        for place in 0..<flows.count where flows[place]?.port == port { remove(at: place) }
    }

    /// Milliseconds until somebody may have been silent for too long; -1 when there is nobody.
    var timeToExpiry: Int32 { count == 0 ? -1 : Int32(Self.look / 1_000_000) }

    mutating func expire() {
        guard count > 0 else { return }
        let now = monitor_monotonic()
        guard now >= nextLook else { return }
        nextLook = now + Self.look
        for place in 0..<flows.count {
            if let flow = flows[place], now - flow.lastUse >= Self.silence { remove(at: place) }
        }
    }
}
