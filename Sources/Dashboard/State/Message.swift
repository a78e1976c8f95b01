import Engine
import Terminal

/// All that can happen to the dashboard.
enum Message: Sendable {
    case key(Key)
    case paste(String)
    case mouse(MouseInput)
    case resized(columns: Int, rows: Int)
    /// The second hand moved.
    case clock(Timestamp)
    case frame(StatisticsFrame, histories: [HistoryQuery: [Double?]])
    case histories([HistoryQuery: [Double?]])
    case traces([ContainerID: [Double?]])
    case containers(Result<[Container], EngineError>)
    case container(ContainerID, Result<Container, EngineError>)
    case images(Result<[Image], EngineError>)
    case networks(Result<[Network], EngineError>)
    case volumes(Result<[Volume], EngineError>)
    case volumesCounted(Result<[Volume], EngineError>)
    case events([Event])
    /// The event stream broke and was opened anew.
    case eventsRestarted(String)
    case details(ContainerID, Result<ContainerDetails, EngineError>)
    case imageDetails(ImageID, Result<ImageDetails, EngineError>)
    case performed(Operation, [Outcome])
    case imagesRemoved([ImageOutcome])
    case imageTagged(Effect.ImageTarget, String, EngineError?)
    case shares(Result<[ImageID: ImageShare], EngineError>)
    case imageFiles(ImageID, Result<ImageFiles, EngineError>)
    case imageHistory(ImageID, Result<[ImageHistoryEntry], EngineError>)
    case filesPrepared(FilesRequest, PreparedFiles)
    case transfer(Int, TransferReport)
    /// A transfer has ended, with a sentence that says how.
    case transferEnded(Int, Result<String, EngineError>)
    case found(String, Result<[FoundRepository], EngineError>)
    case remoteTags(String, Result<[String], EngineError>)
    case ran(RunOutcome)
    case build(Int, BuildMessage)
    case changed(ResourceChange, [ResourceChange.Outcome])
    case browsed(String, BrowserOutcome)
    case shellEnded(String?)
    case notice(Notice.Kind, String)
    /// For a pinned pane.
    indirect case pinned(Pane, Message)
    /// What was shown was saved: where, or why not.
    case dumped(Result<String, EngineError>)
    /// An errand that changed something is over: well, or with a reason.
    case deedEnded(Deed, failure: String?)
    /// The configuration has changed, or something about it is to be told.
    case news(DashboardNews)
    /// What came of a pane's errand.
    case answer(Pane, any Sendable)

    /// How an operation on one container went.
    struct Outcome: Sendable {
        var id: ContainerID
        var name: String
        /// `nil` when it went well.
        var error: EngineError?
    }

    /// How removing one image went.
    struct ImageOutcome: Sendable {
        var id: ImageID
        var name: String
        var error: EngineError?
    }
}

/// A mouse event with what stood under it in the frame that the person saw.
struct MouseInput: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case press, doublePress
        /// The button for menus.
        case menu
        /// The pointer moved with the button down; it went up.
        case drag, release
        /// Something else lies under the pointer now.
        case hover
        /// Rows, negative is up.
        case wheel(Int)
        /// What only a pane that takes the mouse cell by cell makes something of.
        case other
    }

    var kind: Kind
    var target: HitTarget?
    var point = Point(x: 0, y: 0)
    /// What it was in detail.
    var event: MouseEvent?
}

/// What can be pointed at.
enum HitTarget: Sendable, Hashable {
    case tab(ViewName)
    case pane(Pane)
    /// A part of a pane.
    case spot(Pane, Spot)
    case hint(Action)
    /// A tab of the person's own.
    case page(Int)
    /// A line between two panes, to be dragged.
    case border(Arrangement.Border)
    /// A row of the palette or of a menu.
    case paletteRow(Int)
    case palette
    case dialogItem(Int)
    case dialog
    case help
    case formPlace(Int)
    case transferRow(Int)
    case transferStop
    case transferForget
    /// The ground of what lies above the panes.
    case overlay
}
