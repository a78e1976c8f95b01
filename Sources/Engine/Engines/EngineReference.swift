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

    /// The text that is read as this reference; without an engine the reference as it stands.
    public static func text(_ reference: String, in engine: String?) -> String {
        engine.map { text(reference, of: $0) } ?? reference
    }

    /// Of a context's name, as docker has them.
    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "+"),
            UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private static func colons(in text: String) -> Range<String.Index>? {
        guard let first = text.firstIndex(of: ":"), first > text.startIndex else { return nil }
        let second = text.index(after: first)
        guard second < text.endIndex, text[second] == ":", text[..<first].utf8.allSatisfy(isOfName) else { return nil }
        return first..<text.index(after: second)
    }
}
