import Engine

extension DockerEngine: EventStreaming {
    /// Events of the engine. From now on without end they come through the watch, where there is one: then they go on
    /// over a lost connection, and what changed meanwhile is told as events too.
    public func events(since: Timestamp?, until: Timestamp?) async throws -> any EventReader {
        if since == nil, until == nil, let reader = watch.events() { return reader }
        let stream = try await client.stream(Self.call(since: since, until: until))
        return DockerEventReader(DockerDocuments(stream, title: client.title))
    }

    static func call(since: Timestamp?, until: Timestamp?) -> DockerCall {
        var query: DockerCall.Query = []
        if let since { query.append(("since", EventReading.seconds(since))) }
        if let until { query.append(("until", EventReading.seconds(until))) }
        return DockerCall("GET", "/events", query, purpose: "read events").patient
    }
}

/// Events of one connection.
actor DockerEventReader: EventReader {
    private var documents: DockerDocuments

    init(_ documents: DockerDocuments) { self.documents = documents }

    func next() async throws -> [Event]? {
        while true {
            var reading = documents
            guard let nodes = try await reading.next() else { return nil }
            documents = reading
            let events = nodes.compactMap(EventReading.event)
            if !events.isEmpty { return events }
        }
    }
}
