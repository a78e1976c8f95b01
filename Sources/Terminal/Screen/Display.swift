/// Where a program shows itself and hears of the person: a `Screen` of cells, or the plain lines of a `LineScreen`.
///
/// A display belongs to the thread that opened it; only its waker may be used from others.
public protocol Display: AnyObject {
    /// Columns and rows now.
    var size: Size { get }
    /// Colours that are used.
    var depth: ColorDepth { get }
    /// Characters that may be drawn.
    var glyphs: Glyphs { get }
    /// Ends the wait for an event, from any thread.
    var waker: Waker { get }
    /// Whether it takes lines of text and no canvases.
    var isPlain: Bool { get }
    /// Shows a canvas; plain displays take no notice.
    func draw(_ canvas: Canvas)
    /// Adds lines of text below what was said before; displays of cells take no notice.
    func say(_ lines: [String])
    /// Puts text into the terminal's clipboard.
    func copy(_ text: String)
    /// Rings the terminal's bell.
    func ring()
    /// Tells the desktop something, where the terminal passes it on.
    func notify(_ title: String, _ text: String)
    /// Paints everything anew with the next canvas.
    func invalidate()
    /// Hands the terminal over to `body`, as it was before, and takes it back afterwards.
    func suspend<Result>(_ body: () throws -> Result) rethrows -> Result
    /// Gives the terminal back; further calls do nothing.
    func close()
    /// Does what the person has changed.
    func adopt(_ wishes: DisplayWishes)
    /// Waits for the next event; `nil` after `timeout` milliseconds.
    func nextEvent(timeout: Int?) -> TerminalEvent?
}

extension Display {
    /// Takes no notice.
    public func adopt(_ wishes: DisplayWishes) {}
}

extension Screen: Display {
    /// It takes canvases.
    public var isPlain: Bool { false }
    /// Takes no notice.
    public func say(_ lines: [String]) {}
}
