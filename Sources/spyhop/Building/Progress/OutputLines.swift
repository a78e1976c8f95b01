import Terminal

/// A program's output as lines that can be shown: escape sequences are gone, other controls harmless, and of a line that
/// was written over again and again, such as a bar, the last writing counts.
struct OutputLines: Sendable {
    /// Longer lines go on in the next.
    static let longest = 4096

    private enum State: Sendable {
        case text
        /// After ESC.
        case escape
        /// In a control sequence (ECMA-48 CSI), until its final byte.
        case control
        /// In a string for the terminal (OSC, DCS, …), until BEL or ST.
        case string
        case stringEscape
    }

    private var line: [UInt8] = []
    private var state = State.text
    /// A carriage return came: what follows writes the line anew, unless it is the line's end.
    private var returns = false

    /// Takes bytes in; answers the lines that they end.
    mutating func feed(_ bytes: [UInt8]) -> [String] {
        var lines: [String] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            // Nearly all output is text, and there may be much of it.
            let text = plainRun(bytes[index...])
            if !text.isEmpty {
                line += text
                index = text.endIndex
                continue
            }
            take(bytes[index], &lines)
            index += 1
        }
        return lines
    }

    private func plainRun(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard state == .text, !returns else { return [] }
        return bytes.prefix(max(0, Self.longest - line.count)).prefix { $0 >= 0x20 }
    }

    private mutating func take(_ byte: UInt8, _ lines: inout [String]) {
        switch state {
        case .text: takeText(byte, &lines)
        case .escape: state = Self.after(escape: byte)
        case .control: if (0x40...0x7e).contains(byte) { state = .text }
        case .string:
            if byte == 0x07 { state = .text } else if byte == 0x1b { state = .stringEscape }
        case .stringEscape: state = byte == 0x5c ? .text : .string
        }
    }

    /// What has no end yet, such as a question; `nil` when there is nothing.
    var unfinished: String? { line.isEmpty ? nil : Self.text(line) }

    /// The last line, though nothing has ended it.
    mutating func finish() -> String? {
        defer { self = OutputLines() }
        return unfinished
    }

    private mutating func takeText(_ byte: UInt8, _ lines: inout [String]) {
        switch byte {
        case 0x0a:
            returns = false
            end(&lines)
        case 0x0d: returns = true
        case 0x1b: state = .escape
        case 0x08: if !line.isEmpty { line.removeLast() }
        default:
            if returns {
                returns = false
                line.removeAll(keepingCapacity: true)
            }
            // A cut between a character's bytes would show them as garbage.
            if line.count >= Self.longest, byte & 0xc0 != 0x80 || line.count >= Self.longest + 4 { end(&lines) }
            line.append(byte)
        }
    }

    private mutating func end(_ lines: inout [String]) {
        lines.append(Self.text(line))
        line.removeAll(keepingCapacity: true)
    }

    private static func text(_ line: [UInt8]) -> String {
        line.allSatisfy { (0x20...0x7e).contains($0) } ? String(decoding: line, as: UTF8.self) : SafeText.string(line)
    }

    private static func after(escape byte: UInt8) -> State {
        switch byte {
        case UInt8(ascii: "["): .control
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"): .string
        // Intermediate bytes: the sequence's last is still to come (ESC ( B).
        case 0x20...0x2f: .escape
        default: .text
        }
    }
}
