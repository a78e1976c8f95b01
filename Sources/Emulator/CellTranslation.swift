import CVTerm
import Terminal

/// From libvterm's cells to this program's, and back.
struct CellTranslation {
    private let carrier: ScalarCarrier
    private var buffer: [spv_cell] = []

    init(_ carrier: ScalarCarrier) { self.carrier = carrier }

    /// One row of the screen.
    mutating func row(_ row: Int, of screen: OpaquePointer, columns: Int) -> ScreenLine {
        makeRoom(columns)
        spv_row(screen, Int32(row), Int32(columns), &buffer)
        return line(columns)
    }

    /// A row that leaves the screen.
    mutating func line(_ cells: UnsafePointer<VTermScreenCell>, _ count: Int) -> ScreenLine {
        makeRoom(count)
        spv_read(cells, Int32(count), &buffer)
        return line(count)
    }

    /// A row that comes back.
    mutating func write(_ line: ScreenLine, to cells: UnsafeMutablePointer<VTermScreenCell>, _ count: Int) {
        makeRoom(count)
        for column in 0..<count {
            buffer[column] = spv_cell()
            buffer[column].width = 1
            guard column < line.cells.count, line.cells[column].width > 0 else { continue }
            let cell = line.cells[column]
            let scalars = cell.scalars.map(\.value)
            if scalars != [0x20] {
                buffer[column].chars.0 = carrier.carry(scalars.first, columns: cell.width)
                buffer[column].chars.1 = carrier.carry(scalars.dropFirst().first, columns: 0)
                buffer[column].chars.2 = carrier.carry(scalars.dropFirst(2).first, columns: 0)
            }
            buffer[column].width = UInt8(cell.width)
            buffer[column].foreground = Self.bits(cell.style.foreground)
            buffer[column].background = Self.bits(cell.style.background)
            buffer[column].attributes = Self.bits(cell.style.attributes)
        }
        spv_write(buffer, Int32(count), cells)
    }

    private mutating func makeRoom(_ count: Int) {
        if buffer.count < count { buffer = Array(repeating: spv_cell(), count: count) }
    }

    private func line(_ count: Int) -> ScreenLine {
        var cells: [Cell] = []
        // Most lines are short, and thousands of them may scroll by between two pictures.
        let used = Int(spv_used(buffer, Int32(count)))
        guard used > 0 else { return .empty }
        cells.reserveCapacity(used)
        var isRightHalf = false
        for column in 0..<used {
            let from = buffer[column]
            let style = Style(
                Self.color(from.foreground), on: Self.color(from.background), Self.attributes(from.attributes))
            if from.width == 0 {
                // What is left of a wide character whose other half was written over is a blank.
                cells.append(Cell(foreign: 0, style: style, width: isRightHalf ? 0 : 1))
                isRightHalf = false
                continue
            }
            let base = carrier.restore(from.chars.0)
            // libvterm calls whatever stands before such a rest wide.
            isRightHalf = from.width == 2 && column + 1 < count && Self.isWide(base)
            cells.append(
                Cell(
                    foreign: base, marks: (carrier.restore(from.chars.1), carrier.restore(from.chars.2)), style: style,
                    width: isRightHalf ? 2 : 1))
        }
        return ScreenLine(cells, width: count)
    }

    private static func isWide(_ value: UInt32) -> Bool {
        value >= 0x1100 && Unicode.Scalar(value).map { SafeText.place(of: $0) } == .columns(2)
    }

    private static func color(_ bits: UInt32) -> Color {
        switch bits >> 24 {
        case 0: .default
        case 1: ColorDepth.paletteColor(Int(bits & 0xFF))
        default: Color(hex: bits & 0xFFFFFF)
        }
    }

    private static func bits(_ color: Color) -> UInt32 {
        guard case .rgb(let red, let green, let blue) = color else { return 0 }
        return 2 << 24 | UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
    }

    private static let pairs: [(UInt8, Attributes)] = [
        (UInt8(SPV_BOLD), .bold), (UInt8(SPV_ITALIC), .italic),
        (UInt8(SPV_UNDERLINE), .underline), (UInt8(SPV_REVERSE), .reverse),
        (UInt8(SPV_STRIKE), .strike),
    ]

    private static func attributes(_ bits: UInt8) -> Attributes {
        guard bits != 0 else { return [] }
        return pairs.reduce(into: []) { if bits & $1.0 != 0 { $0.insert($1.1) } }
    }

    private static func bits(_ attributes: Attributes) -> UInt8 {
        pairs.reduce(0) { attributes.contains($1.1) ? $0 | $1.0 : $0 }
    }
}

extension ScalarCarrier {
    fileprivate func carry(_ value: UInt32?, columns: Int) -> UInt32 {
        value.flatMap { Unicode.Scalar($0) }.flatMap { carry($0, columns: columns) }?.value ?? 0
    }
}
