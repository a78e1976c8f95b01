/// From ncurses' button bits (NCURSES_MOUSE_VERSION 2: five bits a button) to `MouseEvent`.
enum MouseDecoder {
    private static func bit(_ button: UInt, _ mask: UInt) -> UInt { mask << ((button - 1) * 5) }

    /// Whether a button is still down after this state word.
    static func leavesDown(_ state: UInt) -> Bool { (1...3).contains { state & bit($0, 2) != 0 } }

    /// The event for a state word; nil for what nobody asked for.
    static func event(state: UInt, at point: Point, isDown: Bool) -> MouseEvent? {
        let control = state & bit(6, 1) != 0
        let shift = state & bit(6, 2) != 0
        guard let kind = kind(state, isDown: isDown) else { return nil }
        return MouseEvent(kind, at: point, control: control, shift: shift)
    }

    private static func kind(_ state: UInt, isDown: Bool) -> MouseEvent.Kind? {
        let buttons: [(UInt, MouseEvent.Button)] = [(1, .left), (2, .middle), (3, .right)]
        if state & bit(4, 2) != 0 { return .wheelUp }
        if state & bit(5, 2) != 0 { return .wheelDown }
        for (number, button) in buttons {
            // Press and release that come in one go reach us as one click, double or triple click.
            if state & bit(number, 2 | 4 | 8 | 16) != 0 { return .press(button) }
            if state & bit(number, 1) != 0 { return .release(button) }
        }
        guard state & bit(6, 8) != 0 else { return nil }
        return isDown ? .drag : .move
    }
}
