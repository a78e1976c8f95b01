/// What the mouse did, as terminals report it in mode 1006: `ESC [ <`, then three numbers (buttons and modifiers, column,
/// row) and a letter, `M` or for a release `m`. It is read character by character, since it may come cut anywhere.
struct MouseReport: Hashable, Sendable {
    private var numbers = [0]
    private var digits = 0
    private var final: UInt32?

    /// Adds a character after the beginning; `false` when it belongs to no report.
    mutating func take(_ value: UInt32) -> Bool {
        switch value {
        case 0x30...0x39:
            digits += 1
            guard digits <= Self.mostDigits, let last = numbers.popLast() else { return false }
            numbers.append(last * 10 + Int(value - 0x30))
        case 0x3B:
            guard numbers.count < 3 else { return false }
            numbers.append(0)
            digits = 0
        case 0x4D, 0x6D: final = value
        default: return false
        }
        return true
    }

    private static let mostDigits = 5

    var isFinished: Bool { final != nil }

    /// What was reported; nil for what nobody asked for.
    var event: MouseEvent? {
        guard let final, numbers.count == 3, let code = numbers.first, numbers[1] > 0, numbers[2] > 0,
            let kind = Self.kind(code, isRelease: final == 0x6D)
        else { return nil }
        return MouseEvent(
            kind, at: Point(x: numbers[1] - 1, y: numbers[2] - 1), control: code & 16 != 0, shift: code & 4 != 0)
    }

    /// 64 stands for the wheel, 32 for a move, 128 for the buttons that hardly any mouse has; the lowest two bits say which
    /// button, and that there is none.
    private static func kind(_ code: Int, isRelease: Bool) -> MouseEvent.Kind? {
        let button: MouseEvent.Button? =
            switch code & 3 {
            case 0: .left
            case 1: .middle
            case 2: .right
            default: nil
            }
        switch code & (32 | 64 | 128) {
        case 0: return button.map { isRelease ? .release($0) : .press($0) }
        case 32: return button == nil ? .move : .drag
        case 64: return isRelease ? nil : code & 3 == 0 ? .wheelUp : code & 3 == 1 ? .wheelDown : nil
        default: return nil
        }
    }
}
