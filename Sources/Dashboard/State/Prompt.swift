import Engine
import Terminal

/// A line of text being typed in the footer.
struct Prompt: Sendable, Hashable {
    enum Purpose: Sendable, Hashable {
        case pullName
        case searchRegistry
        /// A further name for an image.
        case tagName(ImageID)
        case pushName(ImageID)
        /// Names for a layout and for a tab.
        case layoutName, pageName
        /// A pane asks; the text goes back to it.
        case pane(Pane, PaneWord, label: String, isLive: Bool)

        /// What stands before the text.
        var label: String {
            switch self {
            case .pullName: words("pull")
            case .searchRegistry: words("search for")
            case .tagName: words("further name")
            case .pushName: words("push")
            case .layoutName: words("save the layout as")
            case .pageName: words("the tab's name")
            case .pane(_, _, let label, _): label
            }
        }

        /// The arrows go from match to match.
        var stepsThroughMatches: Bool {
            switch self {
            case .pane(let pane, let word, _, _): pane.kind.steps(in: word)
            default: false
            }
        }

        /// Counts with each letter; the others count when Enter is pressed.
        var isLive: Bool {
            switch self {
            case .pullName, .searchRegistry, .tagName, .pushName, .layoutName, .pageName: false
            case .pane(_, _, _, let isLive): isLive
            }
        }
    }

    var purpose: Purpose
    var line: TextLine
    /// What was there before, for Esc.
    var before: String

    /// Longer than any sensible filter; a paste cannot fill memory.
    static let limit = 200

    var text: String { line.text }

    /// What one pane asked is answered to another.
    mutating func address(_ pane: Pane, as other: Pane) {
        if case .pane(pane, let word, let label, let isLive) = purpose {
            purpose = .pane(other, word, label: label, isLive: isLive)
        }
    }

    mutating func apply(_ key: Key) -> Bool {
        if case .character = key, line.characters.count >= Self.limit { return true }
        return line.apply(key)
    }
}
