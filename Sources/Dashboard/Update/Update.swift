import Engine

extension DashboardState {
    /// One step: what has happened changes the state, and asks for effects. The only place where state changes.
    mutating func update(_ message: Message) -> [Effect] {
        let wasLoaded = list.isLoaded
        recordEnd(message)
        var effects = receive(message)
        // The tabs of the last time know their rows by name.
        if !wasLoaded, list.isLoaded { restoreSelections() }
        effects += settle()
        followTrail()
        followPage()
        effects = withoutChanges(effects)
        record(effects)
        return effects + memory.takeChanges().map { .remember($0) }
    }

    private mutating func receive(_ message: Message) -> [Effect] {
        var effects: [Effect] = []
        switch message {
        case .key(let key): effects = press(key)
        case .paste(let text): effects = paste(text)
        case .mouse(let input): effects = mouse(input)
        case .resized(let columns, let rows):
            self.columns = max(0, columns)
            self.rows = max(0, rows)
        case .clock(let now): tick(now)
        case .frame(let frame, let histories): effects = receive(frame, histories)
        case .histories(let histories): deliver(histories)
        case .traces(let traces):
            for (id, values) in traces where values.contains(where: { $0 != nil }) && list.byID[id] != nil {
                list.traces[id] = CPUTrace(values)
            }
        case .containers(let result): effects = receive(result)
        case .container(let id, let result): effects = receive(id, result)
        case .images(let result): receive(result)
        case .networks, .volumes, .volumesCounted, .changed: effects = receiveResources(message)
        case .events(let events):
            graphs.marks.add(events)
            effects = receive(events)
        case .eventsRestarted(let why):
            tell(.failure, words("lost the engine's events for a moment: \(why)"))
            networks.freshness.markStale()
            volumes.freshness.markStale()
            effects = [.loadContainers, .loadImages]
        case .details(let id, let result): if details.container == id { details.inspect = result }
        case .imageDetails(let id, let result): imageList.details[id] = result
        case .performed(let operation, let outcomes): effects = receive(operation, outcomes)
        case .imagesRemoved(let outcomes): effects = receive(outcomes)
        case .imageTagged, .shares, .imageFiles, .imageHistory, .filesPrepared: effects = receiveImages(message)
        case .transfer, .transferEnded, .found, .remoteTags: effects = receiveTransfers(message)
        case .ran(let outcome): effects = receive(outcome)
        case .build(let id, let message): effects = receive(id, message)
        case .browsed(let address, let outcome): effects = receive(address, outcome)
        case .shellEnded(let text): if let text { tell(.information, text) }
        case .notice(let kind, let text): tell(kind, text)
        case .answer(let pane, let answer):
            // What a pinned pane asked for and is gone is of no use to another one.
            guard pane.pin == nil || pins.worlds[pane] != nil else { break }
            effects = inside(pane) { pane.kind.receive(answer, &$0) }
        case .pinned(let pane, let message):
            guard pins.worlds[pane] != nil else { break }
            effects = inside(pane) { $0.receive(message) }
        case .dumped(let result): receive(dumped: result)
        case .deedEnded: break
        case .news(let news): receive(news)
        }
        return effects
    }

    /// Says something in the footer.
    mutating func tell(_ kind: Notice.Kind, _ text: String) {
        notice = Notice(kind: kind, text: Format.shorteningDigests(text), since: now)
    }

    private mutating func tick(_ now: Timestamp) {
        self.now = now
        followFacts()
        if let notice, notice.isOver(at: now) { self.notice = nil }
    }

    private mutating func receive(_ frame: StatisticsFrame, _ histories: [HistoryQuery: [Double?]]) -> [Effect] {
        graphs.newest = frame.time.seconds
        graphs.ranking.follow(frame, cores: host.cpuCount, memory: host.memoryTotal)
        hostUsage = frame.host
        usage = frame.containers
        tick(frame.time)
        for container in list.all {
            let used = usage[container.id]
            guard used != nil || list.traces[container.id] != nil else { continue }
            list.traces[container.id, default: CPUTrace()].add(used?.cpu)
        }
        deliver(histories)
        return judge(frame)
    }

    /// Each graph takes what it watches, also those of pinned panes.
    private mutating func deliver(_ histories: [HistoryQuery: [Double?]]) {
        graphs.receive(histories)
        for pane in pins.watches.keys where pane.pin != nil { within(pane) { $0.graphs.receive(histories) } }
    }
}
