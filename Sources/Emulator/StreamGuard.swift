import Terminal

/// Reads what a program writes and lets through what libvterm 0.1.4 can bear: whole sequences that it knows, with numbers
/// that no arithmetic overflows on, and characters whose widths both sides agree about.
///
/// What is left out: strings (OSC but for titles, DCS, APC, PM, SOS), whose contents nobody here needs and some of which
/// would reach for the clipboard; lines of double width, on which that version writes past its rows; left and right
/// margins. Repetition (REP) is carried out here: there it does not end after a character without width.
struct StreamGuard {
    /// What the reader of the stream must see to itself, after all that came before.
    enum Order: Hashable {
        case title(String)
        case clearHistory
        case reset
    }

    enum State {
        case ground, escape, sequence, string, stringEscape
        /// Between ESC and its final byte, with an intermediate one.
        case intermediate(UInt8)
    }

    /// How much is gathered before it is handed over; libvterm takes stack in proportion.
    static let portion = 2048
    /// The largest number in a sequence; above the largest screen.
    static let largestNumber = 9999
    static let longestSequence = 256
    static let longestTitle = 256

    /// What may go on, until `removeAll`.
    private(set) var out: [UInt8] = []
    /// Modes of the program that libvterm does not tell.
    private(set) var wantsPasteMarks = false
    var state = State.ground
    /// A sequence's bytes after `ESC [`, or a string's.
    var gathered: [UInt8] = []
    var isTooLong = false
    private let carrier: ScalarCarrier
    private var scalar: UInt32 = 0
    private var lowest: UInt32 = 0
    private var missing = 0
    /// The last character, for REP.
    private var last: Unicode.Scalar?

    init(_ carrier: ScalarCarrier) { self.carrier = carrier }

    mutating func removeAll() { out.removeAll(keepingCapacity: true) }

    /// Reads on from `index`, until there is enough in `out`, all is read, or something must be done first.
    mutating func read(_ bytes: [UInt8], from index: inout Int) -> Order? {
        while index < bytes.count, out.count < Self.portion {
            let byte = bytes[index]
            if missing > 0 {
                if byte & 0xC0 == 0x80 {
                    index += 1
                    proceed(byte)
                    continue
                }
                missing = 0
                put("\u{FFFD}")
            }
            index += 1
            if let order = take(byte) { return order }
        }
        return nil
    }

    private mutating func take(_ byte: UInt8) -> Order? {
        switch state {
        case .ground:
            if byte >= 0x20, byte < 0x7F {
                out.append(byte)
                last = Unicode.Scalar(byte)
            } else if byte < 0x80 {
                control(byte)
            } else {
                begin(byte)
            }
        case .escape: return takeEscape(byte)
        case .intermediate(let first): takeFinal(byte, after: first)
        case .sequence: return takeSequence(byte)
        case .string: return takeString(byte)
        case .stringEscape:
            let order = endString()
            guard byte != UInt8(ascii: "\\") else { return order }
            // ESC ends a string in any case; what follows it begins something new.
            state = .escape
            let next = takeEscape(byte)
            return order ?? next
        }
        return nil
    }

    /// C0: what moves the cursor or rings goes through, within sequences too.
    mutating func control(_ byte: UInt8) {
        switch byte {
        case 0x1B:
            state = .escape
            gathered.removeAll(keepingCapacity: true)
            isTooLong = false
        case 0x18, 0x1A: state = .ground
        case 0x07...0x0F: out.append(byte)
        default: break
        }
    }

    mutating func send(_ bytes: some Sequence<UInt8>) { out.append(contentsOf: bytes) }

    mutating func setPasteMarks(_ isOn: Bool) { wantsPasteMarks = isOn }

    /// Repeats the last character, one screen at most.
    mutating func repeatLast(_ count: Int) {
        guard let last else { return }
        for _ in 0..<min(max(1, count), 1000) { put(last) }
    }
}

extension StreamGuard {
    /// The first byte of a character beyond ASCII (RFC 3629).
    private mutating func begin(_ byte: UInt8) {
        switch byte {
        case 0xC2...0xDF: (scalar, missing, lowest) = (UInt32(byte & 0x1F), 1, 0x80)
        case 0xE0...0xEF: (scalar, missing, lowest) = (UInt32(byte & 0x0F), 2, 0x800)
        case 0xF0...0xF4: (scalar, missing, lowest) = (UInt32(byte & 0x07), 3, 0x10000)
        default: put("\u{FFFD}")
        }
    }

    private mutating func proceed(_ byte: UInt8) {
        scalar = scalar << 6 | UInt32(byte & 0x3F)
        missing -= 1
        guard missing == 0 else { return }
        guard scalar >= lowest, let whole = Unicode.Scalar(scalar) else { return put("\u{FFFD}") }
        put(whole)
    }

    /// A character: as wide there as it is here.
    private mutating func put(_ scalar: Unicode.Scalar) {
        guard scalar.value >= 0x80 else {
            out.append(UInt8(truncatingIfNeeded: scalar.value))
            return
        }
        switch SafeText.place(of: scalar) {
        case .columns(let columns):
            last = scalar
            append(carrier.carry(scalar, columns: columns))
        case .mark: append(carrier.carry(scalar, columns: 0))
        case .none: break
        }
    }

    private mutating func append(_ scalar: Unicode.Scalar?) {
        guard let scalar else { return }
        let value = scalar.value
        switch value {
        case ..<0x80: out.append(UInt8(truncatingIfNeeded: value))
        case ..<0x800:
            out.append(UInt8(truncatingIfNeeded: 0xC0 | value >> 6))
            out.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
        case ..<0x10000:
            out.append(UInt8(truncatingIfNeeded: 0xE0 | value >> 12))
            out.append(UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3F))
            out.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
        default:
            out.append(UInt8(truncatingIfNeeded: 0xF0 | value >> 18))
            out.append(UInt8(truncatingIfNeeded: 0x80 | value >> 12 & 0x3F))
            out.append(UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3F))
            out.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
        }
    }
}
