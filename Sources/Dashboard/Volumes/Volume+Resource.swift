import Engine

/// A column of the volumes' table.
enum VolumeColumn: String, ResourceColumn {
    case name, driver, size, used, created

    static let standard = VolumeColumn.name

    var title: String {
        switch self {
        case .name: "VOLUME"
        case .driver: "DRIVER"
        case .size: "SIZE"
        case .used: "USED BY"
        case .created: "CREATED"
        }
    }

    var isNumeric: Bool { self == .size || self == .created }
}

extension Volume: Resource {
    var searched: [String] { [name, driver, isAnonymous ? "anonymous" : ""] + users }

    /// As tables and sentences show it: of an anonymous one's 64 digits the first twelve.
    var shownName: String { isAnonymous ? String(name.prefix(12)) : name }

    func key(_ column: VolumeColumn) -> ResourceKey {
        switch column {
        // Those that people named come first.
        case .name: .text((isAnonymous ? "~" : "") + name)
        case .driver: .text(driver)
        case .size: .number(size ?? -1)
        case .used: .text(users.isEmpty ? "~" : users.joined(separator: " "))
        case .created: .number(createdAt.nanoseconds)
        }
    }
}
