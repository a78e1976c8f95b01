/// The dashboard's views, in the order of their keys 1 to 6 and of the tabs.
public enum ViewName: String, Sendable, Hashable, CaseIterable {
    /// Containers, graphs and logs at once.
    case overview
    case containers
    case images
    case graphs
    case logs
    case details

    var title: String {
        switch self {
        case .overview: "Overview"
        case .containers: "Containers"
        case .images: "Images"
        case .graphs: "Graphs"
        case .logs: "Logs"
        case .details: "Details"
        }
    }

    /// The pane that is focused when the view opens.
    var mainPane: Pane {
        switch self {
        case .overview, .containers: .containers
        case .images: .images
        case .graphs: .graphs
        case .logs: .logs
        case .details: .details
        }
    }
}

/// A part of the screen that can have the focus.
enum Pane: Sendable, Hashable, CaseIterable {
    case containers, images, graphs, logs, details
}
