/// All that a key, a click on a hint or the palette can ask for. The raw values are the names in the configuration.
public enum Action: String, Sendable, Hashable, CaseIterable {
    // Moving about.
    case up, down, top, bottom
    case pageUp = "page-up"
    case pageDown = "page-down"
    case left, right
    case detailUp = "detail-up"
    case detailDown = "detail-down"
    case detailPageUp = "detail-page-up"
    case detailPageDown = "detail-page-down"
    case nextPane = "next-pane"
    case previousPane = "previous-pane"
    case nextTab = "next-tab"
    case previousTab = "previous-tab"
    case open, back, quit, help, zoom, redraw
    case unzoom = "unzoom"
    case suspend
    // Views.
    case overview, containers, images, volumes, networks, graphs, logs, details
    // Finding.
    case filter
    case nextMatch = "next-match"
    case previousMatch = "previous-match"
    case showStopped = "show-stopped"
    case sort
    case sortName = "sort-name"
    case sortCPU = "sort-cpu"
    case sortMemory = "sort-memory"
    case sortAge = "sort-age"
    case sortState = "sort-state"
    // Marks.
    case mark
    case markAll = "mark-all"
    case unmark
    // Doing.
    case startStop = "start-stop"
    case restart, pause, kill, remove, shell, attach, browse, inspect, menu
    // Networks and volumes.
    case create, prune, connect, disconnect
    // Images.
    case pull, push, tag, run, users, transfers
    case searchRegistry = "search-registry"
    // Builds.
    case build, builds
    case buildAgain = "build-again"
    case buildCancel = "build-cancel"
    case buildShell = "build-shell"
    case buildFollow = "build-follow"
    case buildWrap = "build-wrap"
    // Layers and files.
    case filesSum = "files-sum"
    case filesAdded = "files-added"
    case filesModified = "files-modified"
    case filesRemoved = "files-removed"
    case filesUnchanged = "files-unchanged"
    case nextChange = "next-change"
    case previousChange = "previous-change"
    case fold
    case foldAll = "fold-all"
    // Logs.
    case logFollow = "log-follow"
    case logTimestamps = "log-timestamps"
    case logWrap = "log-wrap"
    case logSearch = "log-search"
    case logRangeAll = "log-range-all"
    case logRangeLonger = "log-range-longer"
    case logRangeShorter = "log-range-shorter"
    // Graphs.
    case graphGlyphs = "graph-glyphs"
    case graphScale = "graph-scale"
    case graphLonger = "graph-longer"
    case graphShorter = "graph-shorter"
}

/// Where a key counts: on every view, or only while one kind of pane has the focus.
public enum KeyContext: String, Sendable, Hashable, CaseIterable {
    case everywhere
    case tables
    case containers
    case images
    case networks
    case resources
    case layers
    case building
    case build
    case logs
    case graphs
    case details

    var title: String {
        switch self {
        case .everywhere: "Everywhere"
        case .tables: "Tables"
        case .containers: "Containers"
        case .images: "Images"
        case .networks: "Networks"
        case .resources: "Images, networks and volumes"
        case .layers: "Layers and files of an image"
        case .building: "Images and builds"
        case .build: "A build"
        case .logs: "Logs"
        case .graphs: "Graphs"
        case .details: "Details"
        }
    }
}

extension Pane {
    /// The contexts whose keys count here, the most particular first.
    var keyContexts: [KeyContext] {
        switch self {
        case .containers: [.containers, .tables, .everywhere]
        case .images: [.images, .building, .resources, .tables, .everywhere]
        case .volumes: [.resources, .tables, .everywhere]
        case .networks: [.networks, .resources, .tables, .everywhere]
        case .graphs: [.graphs, .containers, .everywhere]
        case .logs: [.logs, .containers, .everywhere]
        case .details: [.details, .containers, .everywhere]
        case .layers, .files: [.layers, .everywhere]
        case .build, .buildText: [.build, .building, .everywhere]
        }
    }
}
