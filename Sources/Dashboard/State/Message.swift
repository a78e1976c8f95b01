import Engine
import Terminal

/// All that can happen to the dashboard.
enum Message: Sendable {
    case key(Key)
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
    case processes(ContainerID, Result<ProcessTable, EngineError>)
    case imageDetails(ImageID, Result<ImageDetails, EngineError>)
    case log(LogMessage)
    case performed(Operation, [Outcome])
    case imagesRemoved([ImageOutcome])
    case changed(ResourceChange, [ResourceChange.Outcome])
    case browsed(String, BrowserOutcome)
    case shellEnded(String?)
    case notice(Notice.Kind, String)

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
        /// Rows, negative is up.
        case wheel(Int)
    }

    var kind: Kind
    var target: HitTarget?
}

/// What can be pointed at.
enum HitTarget: Sendable, Hashable {
    case tab(ViewName)
    case pane(Pane)
    case containerHeader(ContainerColumn)
    case containerRow(ContainerID)
    case imageHeader(ImageColumn)
    case imageRow(ImageID)
    case networkHeader(NetworkColumn)
    case networkRow(NetworkID)
    case volumeHeader(VolumeColumn)
    case volumeRow(String)
    case detailTab(DetailsState.Tab)
    case hint(Action)
    case dialogItem(Int)
    case dialog
    case help
}
