import CVTerm
import Foundation

/// A photograph of a terminal's screen: an SVG picture of its cells, as small as it can be.
struct ScreenPicture {
    private static let cell = (width: 8.4, height: 18.0)
    private var backgrounds = ""
    private var texts = ""
    private let columns: Int
    private let rows: Int

    init(_ screen: OpaquePointer, columns: Int, rows: Int) {
        (self.columns, self.rows) = (columns, rows)
        var cells = [spv_cell](repeating: spv_cell(), count: columns)
        for row in 0..<rows {
            spv_row(screen, Int32(row), Int32(columns), &cells)
            add(cells, row)
        }
    }

    var svg: String {
        let (width, height) = (Double(columns) * Self.cell.width, Double(rows) * Self.cell.height)
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.number(width)) \(Self.number(height))" \
            font-family="ui-monospace,Menlo,'DejaVu Sans Mono',monospace" font-size="14" xml:space="preserve">
            <rect width="100%" height="100%" fill="#02101f"/>
            \(backgrounds)\(texts)</svg>

            """
    }

    /// Runs of one ground, and runs of one kind of text.
    private mutating func add(_ cells: [spv_cell], _ row: Int) {
        var start = 0
        while start < cells.count {
            var end = start + 1
            while end < cells.count, ground(cells[end]) == ground(cells[start]) { end += 1 }
            if let color = ground(cells[start]) {
                backgrounds +=
                    "<rect x=\"\(x(start))\" y=\"\(y(row))\" width=\"\(x(end - start))\" height=\"18\" fill=\"\(color)\"/>\n"
            }
            start = end
        }
        start = 0
        while start < cells.count {
            guard !isBlank(cells[start]) else {
                start += 1
                continue
            }
            var end = start + 1
            while end < cells.count, look(cells[end]) == look(cells[start]),
                !isBlank(cells[end])
                    || (end + 1 < cells.count && !isBlank(cells[end + 1]) && look(cells[end + 1]) == look(cells[start]))
            {
                end += 1
            }
            let text = cells[start..<end].map(Self.text).joined()
            let bold = cells[start].attributes & UInt8(SPV_BOLD) != 0 ? " font-weight=\"bold\"" : ""
            texts +=
                "<text x=\"\(x(start))\" y=\"\(Self.number(Double(row) * Self.cell.height + 14))\" textLength=\"\(x(end - start))\" "
            texts += "fill=\"\(ink(cells[start]))\"\(bold)>\(text)</text>\n"
            start = end
        }
    }

    private func isBlank(_ cell: spv_cell) -> Bool { cell.chars.0 == 0 || cell.chars.0 == 0x20 }

    private func look(_ cell: spv_cell) -> [UInt32] { [cell.foreground, UInt32(cell.attributes), cell.background] }

    private func ink(_ cell: spv_cell) -> String {
        let isReversed = cell.attributes & UInt8(SPV_REVERSE) != 0
        return Self.color(isReversed ? cell.background : cell.foreground) ?? (isReversed ? "#02101f" : "#d9eefb")
    }

    private func ground(_ cell: spv_cell) -> String? {
        let isReversed = cell.attributes & UInt8(SPV_REVERSE) != 0
        return isReversed ? Self.color(cell.foreground) ?? "#d9eefb" : Self.color(cell.background)
    }

    private static func color(_ value: UInt32) -> String? {
        value >> 24 == 2 ? String(format: "#%06x", value & 0xFF_FFFF) : nil
    }

    private static func text(_ cell: spv_cell) -> String {
        var view = String.UnicodeScalarView()
        for value in [cell.chars.0, cell.chars.1, cell.chars.2] where value != 0 {
            if let scalar = Unicode.Scalar(value) { view.append(scalar) }
        }
        if view.isEmpty, cell.width > 0 { view.append(" ") }
        return String(view).replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
    }

    private func x(_ column: Int) -> String { Self.number(Double(column) * Self.cell.width) }
    private func y(_ row: Int) -> String { Self.number(Double(row) * Self.cell.height) }

    private static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(tenths % 10)"
    }
}
