import CNcurses

/// Byte sequences beyond what ncurses sends itself.
struct ScreenCodes {
    /// Before and after the program has the terminal.
    let enter: [CChar], leave: [CChar]
    /// Asks for the mouse, and gives it back.
    let mouseOn: [CChar], mouseOff: [CChar]
    /// Around a frame: mode 2026, so that a frame appears at once.
    let beginFrame: [CChar], endFrame: [CChar]
    /// Everything that gives the terminal back, for a handler that may not call ncurses.
    let farewell: [CChar]
    /// The terminal reads operating system commands, as xterm does.
    private let isXterm: Bool
    private let isInTmux: Bool

    /// Reads terminfo; the screen must be open.
    init(wantsMoves: Bool = false, isInTmux: Bool = false) {
        self.isInTmux = isInTmux
        // Only a terminal after xterm's manner understands private modes; kmous tells.
        let isXterm = sph_string("kmous") != nil
        self.isXterm = isXterm
        // Who does not know mode 1003 stays with the drags of 1002; who does not know 1006 reports in the old form, which
        // ncurses reads.
        let drags = "\u{1B}[?1002h" + (wantsMoves ? "\u{1B}[?1003h" : "") + "\u{1B}[?1006h"
        let quiet = "\u{1B}[?1006l\u{1B}[?1003l\u{1B}[?1002l\u{1B}[?1000l"
        enter = isXterm ? Self.bytes("\u{1B}[?2004h") : []
        mouseOn = isXterm ? Self.bytes(drags) : []
        mouseOff = isXterm ? Self.bytes(quiet) : []
        leave = isXterm ? Self.bytes("\u{1B}[?2004l") + mouseOff : []
        beginFrame = isXterm ? Self.bytes("\u{1B}[?2026h") : []
        endFrame = isXterm ? Self.bytes("\u{1B}[?2026l") : []
        var last = isXterm ? Self.bytes("\u{1B}[?2026l\u{1B}[?2004l") + mouseOff : []
        for name in ["sgr0", "op", "cnorm", "rmkx", "rmcup"] { last += Self.capability(name) }
        farewell = last
    }

    /// Sets the clipboard: OSC 52 with the text in base 64 (RFC 4648); nothing for terminals that would print it.
    func clipboard(_ text: String) -> [CChar] { isXterm ? Self.clipboardCode(text, isInTmux: isInTmux) : [] }

    static func clipboardCode(_ text: String, isInTmux: Bool = false) -> [CChar] {
        let code = plainClipboardCode(text)
        // tmux takes the plain one for itself, and hands it on where `set-clipboard` is on; the wrapped one goes through
        // where `allow-passthrough` is.
        return isInTmux ? code + passedThrough(code) : code
    }

    /// As tmux hands it on to the terminal outside: in a string of its own, each ESC twice.
    private static func passedThrough(_ code: [CChar]) -> [CChar] {
        bytes("\u{1B}Ptmux;") + code.flatMap { $0 == 0x1B ? [$0, $0] : [$0] } + bytes("\u{1B}\\")
    }

    private static func plainClipboardCode(_ text: String) -> [CChar] {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        let source = Array(text.utf8)
        var encoded: [UInt8] = []
        for start in stride(from: 0, to: source.count, by: 3) {
            let group = source[start..<min(start + 3, source.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 {
                let digit = digits[bits >> (18 - 6 * place) & 63]
                encoded.append(place <= group.count ? digit : UInt8(ascii: "="))
            }
        }
        return bytes("\u{1B}]52;c;" + String(decoding: encoded, as: UTF8.self) + "\u{07}")
    }

    /// A notification of the desktop, in the terminal's way; nothing for terminals that would print it.
    func notification(_ title: String, _ body: String, _ way: NotificationWay) -> [CChar] {
        isXterm ? Self.notificationCode(title, body, way, isInTmux: isInTmux) : []
    }

    static func notificationCode(
        _ title: String, _ body: String, _ way: NotificationWay, isInTmux: Bool = false
    ) -> [CChar] {
        let code = plainNotificationCode(title, body, way)
        return isInTmux ? passedThrough(code) : code
    }

    private static func plainNotificationCode(_ title: String, _ body: String, _ way: NotificationWay) -> [CChar] {
        let title = harmless(title, limit: 80)
        let body = harmless(body, limit: 240)
        switch way {
        // A number at the beginning would be another command to some terminals: there are always letters first.
        case .osc9: return bytes("\u{1B}]9;\(letters(title)): \(body)\u{07}")
        case .osc777:
            // A semicolon ends the title.
            let parts = [title, body].map { $0.replacing(";", with: ",") }
            return bytes("\u{1B}]777;notify;\(parts[0]);\(parts[1])\u{07}")
        }
    }

    /// Text without anything that could end the command, begin another one, or turn what follows around.
    private static func harmless(_ text: String, limit: Int) -> String {
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            guard kept.count < limit else { break }
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
                if kept.last != " " { kept.append(" ") }
            default: kept.append(scalar)
            }
        }
        return String(kept)
    }

    private static func letters(_ title: String) -> String {
        title.first.map { $0.isLetter } == true ? title : "Spyhop \(title)"
    }

    private static func bytes(_ text: String) -> [CChar] { text.utf8.map { CChar(bitPattern: $0) } }

    /// A terminfo string without its padding marks (`$<…>`), which no terminal of today needs.
    private static func capability(_ name: String) -> [CChar] {
        guard let pointer = sph_string(name) else { return [] }
        var kept: [CChar] = []
        var bytes = Substring(String(cString: pointer)).utf8
        while let byte = bytes.popFirst() {
            if byte == UInt8(ascii: "$"), bytes.first == UInt8(ascii: "<") {
                while let padding = bytes.popFirst(), padding != UInt8(ascii: ">") {}
            } else {
                kept.append(CChar(bitPattern: byte))
            }
        }
        return kept
    }

    /// ncurses' attribute bits: NCURSES_BITS(1, n) of curses.h.
    static func bits(_ attributes: Attributes) -> UInt32 {
        var bits: UInt32 = 0
        if attributes.contains(.bold) { bits |= 1 << 21 }
        if attributes.contains(.dim) { bits |= 1 << 20 }
        if attributes.contains(.reverse) { bits |= 1 << 18 }
        if attributes.contains(.underline) { bits |= 1 << 17 }
        if attributes.contains(.italic) { bits |= 1 << 31 }
        return bits
    }
}
