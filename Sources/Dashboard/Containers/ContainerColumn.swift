import Engine

/// A column of the containers' table, in the order from left to right.
enum ContainerColumn: String, Sendable, Hashable, CaseIterable {
    case name, image, state, cpu, trace, memory, memoryPercent, receive, send, read, write, pids, uptime

    var title: String {
        switch self {
        case .name: "NAME"
        case .image: "IMAGE"
        case .state: "STATUS"
        case .cpu: "CPU"
        case .trace: ""
        case .memory: "MEMORY"
        case .memoryPercent: "MEM%"
        case .receive: "NET IN"
        case .send: "NET OUT"
        case .read: "READ"
        case .write: "WRITE"
        case .pids: "PIDS"
        case .uptime: "UPTIME"
        }
    }

    /// For the sort picker.
    var longTitle: String {
        switch self {
        case .name: "Name"
        case .image: "Image"
        case .state: "State"
        case .cpu, .trace: "CPU"
        case .memory: "Memory"
        case .memoryPercent: "Memory, share of the limit"
        case .receive: "Network received"
        case .send: "Network sent"
        case .read: "Block reads"
        case .write: "Block writes"
        case .pids: "Processes"
        case .uptime: "Uptime"
        }
    }

    var isNumeric: Bool {
        switch self {
        case .name, .image, .state, .trace: false
        default: true
        }
    }

    /// The columns that fit into `width` cells with the widths they get. What matters most stays longest.
    static func fitting(_ width: Int) -> [(column: ContainerColumn, width: Int)] {
        let fixed: [(ContainerColumn, Int)] = [
            (.cpu, 7), (.memory, 9), (.uptime, 8), (.trace, 10), (.pids, 5), (.state, 10), (.receive, 8), (.send, 8),
            (.memoryPercent, 6), (.read, 8), (.write, 8),
        ]
        let minimumName = 14
        var chosen: [ContainerColumn: Int] = [.name: minimumName]
        var used = minimumName
        for (column, cells) in fixed where used + cells + 1 <= width - (column == .cpu ? 0 : imageShare(width)) {
            chosen[column] = cells
            used += cells + 1
        }
        let image = min(imageShare(width), max(0, width - used - 1))
        if image >= 10 {
            chosen[.image] = image
            used += image + 1
        }
        var spare = max(0, width - used)
        func widen(_ column: ContainerColumn, to most: Int) {
            guard let present = chosen[column], present < most else { return }
            let more = min(spare, most - present)
            chosen[column] = present + more
            spare -= more
        }
        widen(.name, to: 26)
        widen(.memory, to: 19)
        widen(.state, to: 24)
        widen(.trace, to: 20)
        widen(.image, to: 32)
        widen(.name, to: 40)
        widen(.trace, to: 40)
        if spare > 0 { chosen[.name, default: minimumName] += spare }
        return allCases.compactMap { column in chosen[column].map { (column, $0) } }
    }

    /// Narrow tables give the image no room at all.
    private static func imageShare(_ width: Int) -> Int { width < 84 ? 0 : width < 110 ? 13 : 17 }
}
