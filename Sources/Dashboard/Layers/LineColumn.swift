import Terminal

/// Which line of a Dockerfile made a layer, as a column: numbers alone where there is one file.
struct LineColumn {
    private let isOfOneFile: Bool
    private let width: Int

    /// - Parameter places: `Dockerfile:12`, all that are told.
    init(_ places: [String]) {
        isOfOneFile = Set(places.map { Self.split($0).file }).count == 1
        width = places.map { [isOfOneFile] in SafeText.width(isOfOneFile ? Self.split($0).line : $0) }.max() ?? 0
    }

    /// The column; none where no line is told.
    var columns: [TableColumn] {
        guard width > 0 else { return [] }
        return [
            TableColumn(
                "line", title: words("LINE"), minimum: min(24, max(4, width)),
                alignment: isOfOneFile ? .trailing : .leading,
                dispensability: 1)
        ]
    }

    /// What stands in it.
    func text(_ place: String?) -> String { place.map { isOfOneFile ? Self.split($0).line : $0 } ?? "" }

    private static func split(_ place: String) -> (file: String, line: String) {
        guard let colon = place.lastIndex(of: ":") else { return (place, "") }
        return (String(place[..<colon]), String(place[place.index(after: colon)...]))
    }
}
