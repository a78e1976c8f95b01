import CNcurses

/// Numbers for pairs of foreground and background.
///
/// ncurses keeps a bounded table of them. When it is full all are forgotten at once and the frame is sent whole: frames
/// use far fewer pairs than the table has, so that this happens about never, where a cache that forgets one by one would
/// have to know which pairs the screen still shows.
struct ColorPairs {
    private var numbers: [UInt64: Int] = [:]
    private let capacity: Int

    init(capacity: Int) { self.capacity = min(capacity, 30_000) }

    /// Whether the next frame should begin with an empty table: a frame seldom needs a quarter of it.
    var needsRoom: Bool { capacity > 0 && numbers.count >= max(8, capacity / 4 * 3) && numbers.count > 48 }

    mutating func removeAll() { numbers.removeAll(keepingCapacity: true) }

    /// The pair's number; 0, the terminal's own colours, when there is no room left.
    mutating func number(_ foreground: Int, _ background: Int) -> Int {
        if foreground < 0, background < 0 { return 0 }
        let key = UInt64(truncatingIfNeeded: foreground + 1) << 32 | UInt64(truncatingIfNeeded: background + 1)
        if let number = numbers[key] { return number }
        let number = numbers.count + 1
        guard number < capacity else { return 0 }
        guard sph_pair(Int32(number), Int32(foreground), Int32(background)) == 0 else { return 0 }
        numbers[key] = number
        return number
    }
}
