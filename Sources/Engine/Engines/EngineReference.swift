/// A reference to something of one of several engines: `docker::web`, or `web` of whichever engine has it.
///
/// Two colons, since one stands between an image's name and its tag, and none of what engines name has two.
public struct EngineReference: Sendable, Hashable {
    /// Which engine is meant; `nil` any.
    public var engine: String?
    /// What the engine itself is asked for.
    public var reference: String

    /// Reads a reference.
    public init(_ text: String) {
        guard let colons = Self.colons(in: text) else {
            (engine, reference) = (nil, text)
            return
        }
        engine = String(text[..<colons.lowerBound])
        reference = String(text[colons.upperBound...])
    }

    /// The text that is read as this reference.
    public static func text(_ reference: String, of engine: String) -> String { "\(engine)::\(reference)" }

    private static func colons(in text: String) -> Range<String.Index>? {
        guard let first = text.firstIndex(of: ":"), first > text.startIndex else { return nil }
        let second = text.index(after: first)
        guard second < text.endIndex, text[second] == ":" else { return nil }
        return first..<text.index(after: second)
    }
}
