import Engine

/// What is known about the selected container beyond its row.
struct DetailsState: Sendable {
    enum Tab: String, Sendable, Hashable, CaseIterable {
        case inspect, environment, mounts, network, processes

        var title: String {
            switch self {
            case .inspect: "Inspect"
            case .environment: "Environment"
            case .mounts: "Mounts"
            case .network: "Network"
            case .processes: "Processes"
            }
        }
    }

    var tab = Tab.inspect
    var container: ContainerID?
    var inspect: Result<ContainerDetails, EngineError>?
    var processes: Result<ProcessTable, EngineError>?
    var scroll = 0
    var column = 0
    /// A process table has been asked for and not come yet.
    var awaitsProcesses = false

    mutating func step(_ direction: Int) {
        let all = Tab.allCases
        guard let index = all.firstIndex(of: tab) else { return }
        choose(all[((index + direction) % all.count + all.count) % all.count])
    }

    mutating func choose(_ other: Tab) {
        tab = other
        scroll = 0
        column = 0
    }
}
