/// What a person may change about a display while it is open.
public struct DisplayWishes: Hashable, Sendable {
    /// Whether the mouse is the program's; without it the terminal selects text itself.
    public var usesMouse: Bool
    /// Whether only ASCII is drawn; a terminal without UTF-8 gets nothing else anyway.
    public var drawsASCII: Bool

    /// Wishes.
    public init(usesMouse: Bool, drawsASCII: Bool) {
        self.usesMouse = usesMouse
        self.drawsASCII = drawsASCII
    }
}
