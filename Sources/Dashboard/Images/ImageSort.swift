import Engine

/// A column of the images' table.
enum ImageColumn: String, Sendable, Hashable, CaseIterable {
    case name, id, created, size, layers, platform, used

    var title: String {
        switch self {
        case .name: "IMAGE"
        case .id: "IMAGE ID"
        case .created: "CREATED"
        case .size: "SIZE"
        case .layers: "LAYERS"
        case .platform: "PLATFORM"
        case .used: "USED BY"
        }
    }

    var isNumeric: Bool { self == .created || self == .size || self == .layers || self == .used }
}

/// The order of the images' table.
struct ImageSort: Sendable, Hashable {
    var column: ImageColumn = .created
    var isReversed = false

    mutating func choose(_ other: ImageColumn) {
        if column == other { isReversed.toggle() } else { self = ImageSort(column: other) }
    }

    var isAscending: Bool { column.isNumeric == isReversed }

    func sorted(_ images: [Image], usedBy: [ImageID: Int]) -> [Image] {
        func name(_ image: Image) -> String { image.tags.first ?? "~" }
        func figure(_ image: Image) -> Int64 {
            switch column {
            case .created: image.createdAt?.nanoseconds ?? .min
            case .size: image.size
            case .layers: Int64(image.layerCount)
            case .used: Int64(usedBy[image.id] ?? 0)
            default: 0
            }
        }
        func text(_ image: Image) -> String {
            switch column {
            case .id: image.id.short
            case .platform: "\(image.os)/\(image.architecture)"
            default: name(image).lowercased()
            }
        }
        return images.sorted { left, right in
            let (first, second) = isReversed ? (right, left) : (left, right)
            if column.isNumeric {
                if figure(first) != figure(second) { return figure(first) > figure(second) }
            } else if text(first) != text(second) {
                return NaturalOrder(text(first)) < NaturalOrder(text(second))
            }
            if name(left) != name(right) { return NaturalOrder(name(left)) < NaturalOrder(name(right)) }
            return left.id.rawValue < right.id.rawValue
        }
    }
}
