import Engine
import Synchronization

/// Figures of containers whose cgroups are out of reach, from the engine's own streams: one a container, as long as somebody
/// asks for it.
final class DockerSamples: Sendable {
    private struct Stream {
        var task: Task<Void, Never>
        var newest: Sample?
    }

    /// An engine that is asked for more at once does little else.
    private static let most = 256

    private let client: DockerClient
    private let streams = Mutex<[ContainerID: Stream]>([:])

    init(_ client: DockerClient) { self.client = client }

    deinit { stop() }

    func stop() {
        let all = streams.withLock { streams in
            defer { streams = [:] }
            return streams
        }
        for stream in all.values { stream.task.cancel() }
    }

    func newest(of wanted: Set<ContainerID>) -> [ContainerID: Sample] {
        streams.withLock { streams in
            for (id, stream) in streams where !wanted.contains(id) {
                stream.task.cancel()
                streams[id] = nil
            }
            for id in wanted where streams[id] == nil && streams.count < Self.most {
                let (client, samples) = (client, WeakReference(object: self))
                streams[id] = Stream(task: Task.detached { await Self.follow(id, client, samples) })
            }
            return streams.compactMapValues(\.newest)
        }
    }

    private static func follow(
        _ id: ContainerID, _ client: DockerClient, _ samples: WeakReference<DockerSamples>
    ) async {
        let call = DockerCall(
            "GET", "/containers/\(DockerCall.part(id.rawValue))/stats", [("stream", "1")],
            purpose: "read figures of container \(id.short)")
        while !Task.isCancelled {
            if let stream = try? await client.stream(call.patient) {
                var documents = DockerDocuments(stream, title: client.title)
                while let nodes = try? await documents.next(), !Task.isCancelled {
                    guard let sample = nodes.last.flatMap(SampleReading.sample) else { continue }
                    samples.object?.streams.withLock { $0[id]?.newest = sample }
                }
            }
            try? await Task.sleep(for: .seconds(3))
        }
    }
}
