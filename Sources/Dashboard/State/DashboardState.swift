import Engine
import Terminal

/// Everything that is on the screen or decides it. A value: changed by `update`, read by `frame`.
struct DashboardState: Sendable {
    var columns = 80
    var rows = 24
    var host: HostFacts
    var engineName: String
    var keys: KeyMap
    var utcOffset: Int64 = 0
    var now: Timestamp

    /// What the person has chosen.
    var settings = DashboardSettings(theme: .plain, themeName: "plain")
    /// Where the configuration is.
    var configurationPath: String?
    /// What commands are told of the engine.
    var commandFacts: [CommandValue: String] = [:]
    /// A theme that is only looked at.
    var triedTheme: Theme?
    /// What is remembered beyond this run; what an update writes into it is kept.
    var memory = DashboardMemory()

    var view: ViewName
    var focus: Pane
    /// The command palette or a menu, while it is open.
    var palette: PaletteState?
    var paletteHistory = PaletteHistory()
    /// Where the person has been.
    var places: PlacesState
    /// Tabs that the person has opened.
    var pages: PagesState
    /// Views that the person has rearranged, and layouts of his own.
    var arranging = ArrangingState()
    var pins = PinsState()
    /// What was done from here.
    var activity = ActivityLog()
    var pointer = PointerState()
    /// Plain lines for a screen reader in place of the screen.
    var isReading = false
    /// Names of the themes there are.
    var themes: [String] = []
    var canDump = false
    /// Where Esc leads back to.
    var history: [ViewName] = []
    var isZoomed = false
    var isHelpShown = false
    var helpScroll = 0
    /// What is looked for in the help, while a word is typed there.
    var helpSearch: TextLine?
    var dialog: ChoiceDialog?
    var prompt: Prompt?
    var form: FormDialog?
    /// The columns of a table are being chosen.
    var chooser: TableChooser?
    var notice: Notice?

    var list = ContainersState()
    var imageList = ImagesState()
    var networks = Listing<Network>()
    var volumes = Listing<Volume>()
    var volumeCount = VolumeCount()
    var graphs = GraphsState()
    var details = DetailsState()
    var layers = LayersState()
    var transfers = TransfersState()
    var builds = BuildsState()
    /// A container that was made here; its row is selected as soon as it is there.
    var awaitedContainer: ContainerID?

    /// What stands out in logs.
    var logHighlighter = LogHighlighter.standard

    /// What single panes know.
    var panes = PaneStates()

    var hostUsage: Usage?
    var usage: [ContainerID: Usage] = [:]
    /// Nothing is to be changed from here.
    var isReadOnly = false
    /// A person may allow changes again.
    var mayLeaveReadOnly = true
    var canShell = true
    var canAttach = true
    var canRun = true
    var canBuild = true
    var canEnterStep = true

    init(
        host: HostFacts, engineName: String, keys: KeyMap = .standard, view: ViewName = .overview, now: Timestamp
    ) {
        self.host = host
        self.engineName = engineName
        self.keys = keys
        self.view = view
        self.now = now
        focus = view.mainPane
        let place = PlaceVisit(view: view, focus: view.mainPane)
        places = PlacesState(trail: PlaceTrail(place))
        pages = PagesState(place)
    }

    /// What a pane alone knows.
    subscript<Kind: PaneKind>(_ kind: Kind.Type) -> Kind.State {
        get { panes[kind] }
        _modify { yield &panes[kind] }
    }

    /// Says why something is not done where nothing may be changed; false where it may.
    mutating func refuseIfReadOnly(_ what: String) -> Bool {
        guard isReadOnly else { return false }
        tell(.information, words("read-only: cannot \(what)"))
        return true
    }

    /// The container that graphs, logs and details are about.
    var selected: Container? { list.selected.flatMap { list.byID[$0] } }
    var selectedImage: Image? { imageList.table.selected }

    /// The container is in the middle of something that was asked for here.
    func progress(of id: ContainerID) -> String? { list.busy[id]?.progress }
}
