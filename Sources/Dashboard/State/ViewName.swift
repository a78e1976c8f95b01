/// The dashboard's views, in the order of their keys 1 to 8 and of the tabs; behind them those that lie beneath another.
public enum ViewName: String, Sendable, Hashable, CaseIterable {
    /// Containers, graphs and logs at once.
    case overview
    case containers
    case images
    case volumes
    case networks
    case graphs
    case logs
    case details
    /// The layers and files of the selected image.
    case layers
    /// The build that was begun here last.
    case build

    /// Those with a key and a tab of their own.
    static let tabs: [ViewName] = allCases.filter { $0.tab == $0 }

    /// The tab that stands for it.
    var tab: ViewName { self == .layers || self == .build ? .images : self }

    var title: String {
        switch self {
        case .overview: "Overview"
        case .containers: "Containers"
        case .images: "Images"
        case .volumes: "Volumes"
        case .networks: "Networks"
        case .graphs: "Graphs"
        case .logs: "Logs"
        case .details: "Details"
        case .layers: "Layers"
        case .build: "Build"
        }
    }

    /// For a row of tabs that has no room for the titles.
    var shortTitle: String {
        switch self {
        case .overview: "All"
        case .containers: "Ctrs"
        case .volumes: "Vols"
        case .networks: "Nets"
        case .details: "Info"
        case .images, .graphs, .logs, .layers, .build: title
        }
    }

    /// The pane that is focused when the view opens.
    var mainPane: Pane {
        switch self {
        case .overview, .containers: .containers
        case .images: .images
        case .volumes: .volumes
        case .networks: .networks
        case .graphs: .graphs
        case .logs: .logs
        case .details: .details
        case .layers: .layers
        case .build: .build
        }
    }
}

/// A part of the screen that can have the focus.
enum Pane: Sendable, Hashable, CaseIterable {
    case containers, images, volumes, networks, graphs, logs, details, layers, files, build, buildText
}
