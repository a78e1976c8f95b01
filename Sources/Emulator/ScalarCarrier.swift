import CVTerm
import Terminal

/// Sees to it that libvterm gives every character as many columns as this program does, and the programs inside: where
/// its table of 2018 knows a character otherwise, one that it agrees about travels in its place, and is changed back when
/// the screen is read.
final class ScalarCarrier {
    /// Characters that stand for others, by what libvterm thinks of them.
    private struct Stock {
        let first: UInt32
        let size: Int
        var carried: [Unicode.Scalar] = []
        var places: [Unicode.Scalar: Int] = [:]

        func contains(_ value: UInt32) -> Bool { value >= first && value - first < UInt32(size) }

        mutating func stand(for scalar: Unicode.Scalar) -> Unicode.Scalar? {
            if let place = places[scalar] { return Unicode.Scalar(first + UInt32(place)) }
            guard carried.count < size else { return nil }
            places[scalar] = carried.count
            carried.append(scalar)
            return Unicode.Scalar(first + UInt32(carried.count - 1))
        }
    }

    /// Parts of Unicode that no one writes in: the end of the third plane of ideographs, a private plane, and the variation
    /// selectors, which the guard drops.
    private var wide = Stock(first: 0x38000, size: 0x7000)
    private var narrow = Stock(first: 0xF0000, size: 0x7000)
    private var marks = Stock(first: 0xE0100, size: 240)
    private var known: [Unicode.Scalar: Int] = [:]
    private let terminal: OpaquePointer
    private let state: OpaquePointer

    init?() {
        guard let terminal = vterm_new(1, 8) else { return nil }
        self.terminal = terminal
        guard let state = vterm_obtain_state(terminal) else {
            vterm_free(terminal)
            return nil
        }
        self.state = state
        vterm_set_utf8(terminal, 1)
        vterm_state_reset(state, 1)
    }

    deinit { vterm_free(terminal) }

    /// What is to be written for a character of so many columns, 0 for a mark; `nil`: it cannot be shown.
    func carry(_ scalar: Unicode.Scalar, columns: Int) -> Unicode.Scalar? {
        if !isStandIn(scalar.value), theirs(scalar) == columns { return scalar }
        switch columns {
        case 0: return marks.stand(for: scalar)
        case 1: return narrow.stand(for: scalar) ?? "\u{FFFD}"
        default: return wide.stand(for: scalar) ?? "\u{3013}"
        }
    }

    /// What stood for which character.
    func restore(_ value: UInt32) -> UInt32 {
        guard value >= wide.first, isStandIn(value) else { return value }
        let stock = wide.contains(value) ? wide : narrow.contains(value) ? narrow : marks
        let place = Int(value - stock.first)
        return place < stock.carried.count ? stock.carried[place].value : 0xFFFD
    }

    private func isStandIn(_ value: UInt32) -> Bool {
        wide.contains(value) || narrow.contains(value) || marks.contains(value)
    }

    /// Asks libvterm: a letter, the character, and how far the cursor has come.
    private func theirs(_ scalar: Unicode.Scalar) -> Int {
        if let columns = known[scalar] { return columns }
        if known.count >= 16_384 { known.removeAll(keepingCapacity: true) }
        var bytes = Array("\ra".utf8)
        bytes.append(contentsOf: Array(String(Character(scalar)).utf8))
        bytes.withUnsafeBytes { buffer in
            _ = vterm_input_write(
                terminal, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
        }
        var cursor = VTermPos()
        vterm_state_get_cursorpos(state, &cursor)
        let columns = Int(cursor.col) - 1
        known[scalar] = columns
        return columns
    }
}
