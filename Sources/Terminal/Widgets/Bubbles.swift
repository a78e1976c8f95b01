/// Bubbles that rise, sway and grow on their way up: the same picture for the same seed and tick.
public struct Bubbles: Hashable, Sendable {
    /// Which bubbles they are.
    public var seed: UInt64
    /// How far they have risen; one step is about a quarter of a second.
    public var tick: Int
    /// One bubble for so many cells of the pane.
    public var cellsPerBubble: Int

    /// Bubbles.
    public init(seed: UInt64 = 1, tick: Int, cellsPerBubble: Int = 90) {
        self.seed = seed
        self.tick = tick
        self.cellsPerBubble = max(1, cellsPerBubble)
    }

    /// Draws them on the blanks of `rect`; text is left alone.
    public func draw(on canvas: inout Canvas, in rect: Rect, look: Look) {
        guard !rect.isEmpty else { return }
        let count = min(200, rect.width * rect.height / cellsPerBubble)
        for index in 0..<count {
            let dice = Self.mix(seed &+ UInt64(index) &* 0x9E37_79B9_7F4A_7C15)
            let cycle = rect.height + Int(dice % 7) + 2
            let speed = Int(dice >> 8 % 2) + 1
            let step = (Int(dice >> 16 & 0xFFFF) &+ max(0, tick) / speed) % cycle
            let y = rect.bottom - 1 - step
            let sway = [0, 0, 1, 1, 0, 0, -1, -1][(step + Int(dice >> 32 & 7)) % 8]
            let x = rect.x + Int(dice >> 40 & 0xFFFF) % rect.width + sway
            let point = Point(x: x, y: y)
            guard rect.contains(point), canvas[point].base == " ", canvas[point].width == 1 else { continue }
            let sizes = look.glyphs.bubbles
            let grown = step * sizes.count / max(1, cycle)
            let size = min(sizes.count - 1, max(0, grown - Int(dice >> 24 & 1)))
            canvas.set(sizes[size], at: point, style: look[.bubble])
        }
    }

    /// SplitMix64's finisher (Steele, Lea, Flood 2014): neighbours in, strangers out.
    private static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
