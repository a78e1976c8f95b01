import Harness
import OCI
import Synchronization

/// The uploading half of a registry, with faults to order.
final class UploadScript: Sendable {
    struct State {
        var session = 0
        var received: [UInt8] = []
        var stored: [String: [UInt8]] = [:]
        var patches = 0
        var ranges: [String] = []
    }

    let state = Mutex(State())
    /// Answers a request instead of the registry; the number of the PATCH, from one, comes with it.
    let fault: @Sendable (ScriptedRequest, Int) -> ScriptedAnswer?
    let least: Int?

    init(least: Int? = nil, fault: @escaping @Sendable (ScriptedRequest, Int) -> ScriptedAnswer? = { _, _ in nil }) {
        self.least = least
        self.fault = fault
    }

    var stored: [[UInt8]] { state.withLock { Array($0.stored.values) } }
    var ranges: [String] { state.withLock { $0.ranges } }

    func answer(_ request: ScriptedRequest) -> ScriptedAnswer {
        let patches = state.withLock { state in
            if request.method == "PATCH" { state.patches += 1 }
            return state.patches
        }
        if let answer = fault(request, patches) { return answer }
        return state.withLock { respond(request, &$0) }
    }

    private func respond(_ request: ScriptedRequest, _ state: inout State) -> ScriptedAnswer {
        // The state of a session travels in its query, which has to be kept.
        let place = "/v2/app/blobs/uploads/\(state.session)?_state=a%2Bb%3D"
        let isSession = request.target.hasPrefix(place)
        switch request.method {
        case "POST":
            state.session += 1
            state.received = []
            let location = ("Location", "/v2/app/blobs/uploads/\(state.session)?_state=a%2Bb%3D")
            return .status(
                202, [location, ("Range", "0-0")] + (least.map { [("OCI-Chunk-Min-Length", "\($0)")] } ?? []))
        case "PATCH" where isSession:
            state.ranges.append(request.header("content-range") ?? "none")
            let start = request.header("content-range").flatMap { Int($0.prefix { $0 != "-" }) }
            guard start == state.received.count else { return .status(416, [("Range", range(state))]) }
            state.received += request.body
            return .status(202, [("Location", place), ("Range", range(state))])
        case "GET" where isSession: return .status(204, [("Location", place), ("Range", range(state))])
        case "PUT" where isSession:
            let digest = "\(Digest(of: state.received))"
            guard request.query == "_state=a%2Bb%3D&digest=\(digest)" else {
                return .status(400, body: #"{"errors":[{"code":"DIGEST_INVALID","message":"digest mismatch"}]}"#)
            }
            state.stored[digest] = state.received
            state.session += 1
            return .status(201, [("Docker-Content-Digest", digest)])
        case "HEAD": return state.stored.keys.contains { request.path.hasSuffix($0) } ? .status(200) : .status(404)
        default: return .unknown
        }
    }

    private func range(_ state: State) -> String { "0-\(max(0, state.received.count - 1))" }
}
