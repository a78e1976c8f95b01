/// A column of the containers' table, in the order from left to right.
enum ContainerColumn: String, Sendable, Hashable, CaseIterable {
    case name, image, state, cpu, trace, memory, memoryPercent, receive, send, read, write, pids, uptime

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
}
