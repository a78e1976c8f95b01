/// What a scalar does to a line of cells.
enum CharacterClass: Equatable {
    case narrow, wide, combining, joiner, modifier, tab, dropped
    /// A control, shown as a picture.
    case shownAs(Unicode.Scalar)

    init(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x20..<0x7F, 0xA1..<0xAD, 0xAE..<0x300, 0x2500..<0x25FD, 0x2800..<0x2900: self = .narrow
        case 0x09: self = .tab
        case 0..<0x20: self = .shownAs(Unicode.Scalar(0x2400 + scalar.value) ?? "·")
        case 0x7F: self = .shownAs("\u{2421}")
        case 0x80..<0xA0: self = .shownAs("·")
        case 0xA0: self = .shownAs(" ")
        case 0xAD, 0xFE00...0xFE0F, 0xE0100...0xE01EF: self = .dropped
        case 0x200D: self = .joiner
        case 0x1F3FB...0x1F3FF: self = .modifier
        case 0x1160...0x11FF, 0xD7B0...0xD7FF: self = .combining
        default: self.init(beyond: scalar)
        }
    }

    private init(beyond scalar: Unicode.Scalar) {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: self = .combining
        case .format where scalar.value == 0x200B || scalar.value == 0x200C || scalar.value == 0x2060: self = .dropped
        // Bidirectional controls reorder what stands beside them; tags and the like hide text: neither may pass.
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: self = .shownAs("·")
        case .unassigned: self = WideCharacters.contains(scalar.value) ? .wide : .shownAs("\u{FFFD}")
        default: self = WideCharacters.contains(scalar.value) ? .wide : .narrow
        }
    }
}
