import Engine

/// How one subject's history lies in its file.
///
/// A header, then two rings of rows: an hour of seconds and a day of half minutes. Each row carries its own stamp, and a
/// row counts only when the stamp is the wanted one: there is no cursor that could be lost, and what was there
/// an hour ago needs no erasing. Numbers are little-endian.
enum HistoryLayout {
    static let magic: [UInt8] = Array("SPHHIST2".utf8)
    static let headerSize: Int64 = 64
    /// Seconds kept one by one.
    static let fineSpan = HistoryGrid.fineSpan
    /// Seconds in a coarser row.
    static let period = HistoryGrid.period
    /// Seconds kept in coarser rows.
    static let coarseSpan = HistoryGrid.longestSpan
    static let coarseSlots = coarseSpan / period
    static let rowSize = 4 + 4 * HistoryRow.columnCount + 2 * HistoryRow.smallColumnCount
    static let fileSize = headerSize + (fineSpan + coarseSlots) * Int64(rowSize)

    /// The two rings.
    enum Ring {
        case fine
        case coarse

        var slots: Int64 { self == .fine ? fineSpan : coarseSlots }
        var start: Int64 { self == .fine ? headerSize : headerSize + fineSpan * Int64(rowSize) }

        func offset(of stamp: Int64) -> Int64 { start + stamp % slots * Int64(rowSize) }
    }

    static var header: [UInt8] {
        var bytes = magic
        for number in [UInt32(rowSize), UInt32(fineSpan), UInt32(coarseSlots), UInt32(period)] {
            withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
        }
        return bytes + [UInt8](repeating: 0, count: Int(headerSize) - bytes.count)
    }

    static func append(_ row: HistoryRow, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: row.stamp.littleEndian) { bytes += $0 }
        for column in 0..<HistoryRow.columnCount {
            withUnsafeBytes(of: row.values[column].bitPattern.littleEndian) { bytes += $0 }
        }
        for column in 0..<HistoryRow.smallColumnCount {
            withUnsafeBytes(of: row.small[column].littleEndian) { bytes += $0 }
        }
    }

    /// The rows in `bytes` whose stamps are `first` and the ones after it; others are stale or damaged.
    static func rows(in bytes: UnsafeRawBufferPointer, from first: Int64, _ body: (HistoryRow) -> Void) {
        var stamp = first
        var offset = 0
        while offset + rowSize <= bytes.count {
            let found = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
            if Int64(found) == stamp {
                var values = SIMD16<Float>(repeating: .nan)
                for column in 0..<HistoryRow.columnCount {
                    let bits = bytes.loadUnaligned(fromByteOffset: offset + 4 + 4 * column, as: UInt32.self)
                    values[column] = Float(bitPattern: UInt32(littleEndian: bits))
                }
                var small = SIMD16<UInt16>(repeating: SmallFigure.missing)
                let start = offset + 4 + 4 * HistoryRow.columnCount
                for column in 0..<HistoryRow.smallColumnCount {
                    small[column] = UInt16(
                        littleEndian: bytes.loadUnaligned(fromByteOffset: start + 2 * column, as: UInt16.self))
                }
                body(HistoryRow(stamp: found, values: values, small: small))
            }
            stamp += 1
            offset += rowSize
        }
    }
}
