import Engine

/// The JSON documents of a stream that has one after the other, as events, progress and statistics have.
struct DockerDocuments {
    /// A document longer than this has no end.
    private static let longest = 16 << 20

    private let stream: DockerStream
    private var bytes: [UInt8] = []
    private var ready: [JSONNode] = []
    private var title: String

    init(_ stream: DockerStream, title: String) {
        self.stream = stream
        self.title = title
    }

    /// The next documents, at least one; `nil` after the last. Lines that are no JSON are passed over.
    mutating func next() async throws -> [JSONNode]? {
        while true {
            guard let piece = try await stream.next() else {
                defer { bytes = [] }
                return (try? JSONNode(bytes)).map { [$0] }
            }
            bytes += piece
            var found: [JSONNode] = []
            var start = 0
            // Every engine ends a document with a line break, and writes none within.
            while let end = bytes[start...].firstIndex(of: 0x0a) {
                if end > start, let node = try? JSONNode(Array(bytes[start..<end])) { found.append(node) }
                start = end + 1
            }
            bytes.removeFirst(start)
            guard bytes.count <= Self.longest else {
                throw EngineError(.corrupted, "\(title) sends something without an end", hint: "check the address")
            }
            if !found.isEmpty { return found }
        }
    }
}
