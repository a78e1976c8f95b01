/// A pane of an arrangement, by its name; a pinned one stays with its container whatever is selected elsewhere.
public struct PaneSlot: Sendable, Hashable {
    /// `logs`.
    public var pane: String
    /// The container's name.
    public var pin: String?

    /// A pane.
    public init(_ pane: String, pin: String? = nil) {
        self.pane = pane
        self.pin = pin
    }

    /// Reads `logs` and `logs@web`; `nil` for anything else.
    init?(text: String) {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first, !name.isEmpty, name.utf8.allSatisfy(Self.isNameByte) else { return nil }
        if parts.count == 2 {
            guard !parts[1].isEmpty, parts[1].utf8.allSatisfy(Self.isNameByte) else { return nil }
        }
        self.init(String(name), pin: parts.count == 2 ? String(parts[1]) : nil)
    }

    /// As in a layout's text: `logs@web`.
    var text: String { pin.map { "\(pane)@\($0)" } ?? pane }

    /// What names of panes and containers are made of.
    static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
