import Engine

/// A pull or a push that was begun here.
struct Transfer: Sendable, Hashable, Identifiable {
    /// What is to be done.
    struct Request: Sendable, Hashable {
        enum Kind: Sendable, Hashable {
            case pull
            /// The image gets the name first where it has not got it.
            case push(tagging: ImageID?)

            var isPull: Bool { self == .pull }
        }

        /// Numbers transfers as they begin.
        var id: Int
        var kind: Kind
        /// As it was typed.
        var reference: String

        var verb: String { kind.isPull ? phrase("pull") : phrase("push") }
    }

    enum Phase: Sendable, Hashable {
        case running
        /// It was asked to stop.
        case stopping
        /// How it ended, as a sentence.
        case done(String)
        case failed(String)
        case stopped
    }

    let request: Request
    var report = TransferReport()
    var phase = Phase.running

    var id: Int { request.id }
    var isRunning: Bool { phase == .running || phase == .stopping }
}

/// All transfers of this dashboard, the newest first.
struct TransfersState: Sendable {
    private(set) var all: [Transfer] = []
    private var lastID = 0
    var isShown = false
    var selected = 0
    var scroll = 0
    /// What a registry was asked last, and somebody still waits for.
    var awaited: String?

    /// Of those that are over so many are remembered.
    private static let remembered = 20
    /// More at once only slow each other down.
    static let most = 8

    var running: [Transfer] { all.filter(\.isRunning) }

    mutating func begin(_ kind: Transfer.Request.Kind, _ reference: String) -> Transfer.Request {
        lastID += 1
        let request = Transfer.Request(id: lastID, kind: kind, reference: reference)
        all.insert(Transfer(request: request), at: 0)
        selected = 0
        var over = 0
        all.removeAll { transfer in
            if !transfer.isRunning { over += 1 }
            return !transfer.isRunning && over > Self.remembered
        }
        return request
    }

    mutating func change(_ id: Int, _ body: (inout Transfer) -> Void) {
        if let place = all.firstIndex(where: { $0.id == id }) { body(&all[place]) }
    }

    mutating func forgetEnded() {
        all.removeAll { !$0.isRunning }
        select(selected)
    }

    mutating func select(_ wanted: Int) { selected = min(max(0, wanted), max(0, all.count - 1)) }
}
