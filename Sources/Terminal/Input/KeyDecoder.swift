import CNcurses

/// From ncurses' key numbers to `Key`.
enum KeyDecoder {
    /// A character that was read.
    static func key(character value: UInt32) -> Key? {
        switch value {
        case 9: return .tab
        case 10, 13: return .enter
        case 27: return .escape
        case 8, 127: return .backspace
        case 0: return .control("@")
        case 1...26: return Unicode.Scalar(value + 96).map { .control(Character($0)) }
        case 28...31: return Unicode.Scalar(value + 64).map { .control(Character($0)) }
        case 0x80..<0xA0: return nil
        default: return Unicode.Scalar(value).map { .character(Character($0)) }
        }
    }

    /// A function key's number, as in curses.h.
    static func key(function code: Int32) -> Key? {
        if code >= KEY_F0, code <= KEY_F0 + 63 { return .function(Int(code - KEY_F0)) }
        return table[code] ?? extended(code)
    }

    /// Keys that curses.h has no number for: ncurses numbers them as it meets them in the terminal's description, and
    /// knows their names (user_caps(5): 2 is Shift, 3 Alt, 5 Ctrl).
    private static func extended(_ code: Int32) -> Key? {
        guard code > KEY_MAX, let name = keyname(code) else { return nil }
        switch String(cString: name) {
        case "kUP": return .shiftUp
        case "kDN": return .shiftDown
        case "kUP3": return .altUp
        case "kDN3": return .altDown
        case "kLFT3": return .altLeft
        case "kRIT3": return .altRight
        case "kUP5": return .controlUp
        case "kDN5": return .controlDown
        case "kLFT5": return .controlLeft
        case "kRIT5": return .controlRight
        case "kHOM5": return .controlHome
        case "kEND5": return .controlEnd
        case "kDC5": return .controlDelete
        default: return nil
        }
    }

    private static let table: [Int32: Key] = [
        KEY_UP: .up, KEY_DOWN: .down, KEY_LEFT: .left, KEY_RIGHT: .right, KEY_HOME: .home, KEY_END: .end,
        KEY_PPAGE: .pageUp, KEY_NPAGE: .pageDown, KEY_BACKSPACE: .backspace, KEY_DC: .delete, KEY_IC: .insert,
        KEY_ENTER: .enter, KEY_BTAB: .backTab, KEY_SR: .shiftUp, KEY_SF: .shiftDown, KEY_SLEFT: .shiftLeft,
        KEY_SRIGHT: .shiftRight, KEY_A1: .home, KEY_A3: .pageUp, KEY_C1: .end, KEY_C3: .pageDown, KEY_FIND: .home,
        KEY_SELECT: .end, KEY_SPREVIOUS: .shiftPageUp, KEY_SNEXT: .shiftPageDown, KEY_SHOME: .shiftHome,
        KEY_SEND: .shiftEnd, KEY_SDC: .shiftDelete,
    ]
}
