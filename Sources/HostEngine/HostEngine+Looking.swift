import Engine
import LinuxSystem

extension HostEngine: ContainerListing {
    /// See `ContainerListing`.
    public func containers() async throws -> [Container] { scan.entries(fresh: true).map(\.container) }

    /// See `ContainerListing`.
    public func container(_ reference: String) async throws -> Container { try entry(reference).container }

    /// See `ContainerListing`.
    public func inspect(_ reference: String) async throws -> ContainerDetails {
        let entry = try entry(reference)
        var spec = ContainerSpec(image: entry.container.image, command: entry.container.command)
        spec.name = entry.container.name
        spec.labels = entry.container.labels
        spec.networkMode = entry.container.networkMode
        var details = ContainerDetails(
            container: entry.container, spec: spec, workingDirectory: "", environment: environment(entry.target.pid),
            user: "", hostname: entry.hostname ?? "", logPath: entry.logPath ?? "", lowerDirectories: [],
            upperDirectory: ProcessFacts(pid: entry.target.pid).upperDirectory ?? "")
        details.cgroupPaths = entry.target.cgroupPaths
        return details
    }

    /// What its first process was started with (proc_pid_environ(5)).
    private func environment(_ pid: Int32) -> [String] {
        let bytes = (try? Files.read("/proc/\(pid)/environ", limit: 256 << 10)) ?? []
        return bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    /// See `ContainerListing`.
    public func processes(of reference: String) async throws -> ProcessTable {
        let entry = try entry(reference)
        let rows = CgroupWalk.processes(in: entry.directory).compactMap { pid -> [String]? in
            guard let status = try? Files.readText("/proc/\(pid)/status", limit: 16 << 10) else { return nil }
            func field(_ name: String) -> String {
                let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
                return line?.dropFirst(name.count + 1).split(whereSeparator: { $0 == "\t" || $0 == " " }).first
                    .map(String.init) ?? ""
            }
            let command = ProcessFacts(pid: pid).command.joined(separator: " ")
            return [field("Uid"), "\(pid)", field("PPid"), command]
        }
        return ProcessTable(titles: ["UID", "PID", "PPID", "CMD"], rows: rows)
    }

    /// See `ContainerListing`.
    public func changes(in reference: String) async throws -> [FileChange] {
        throw refusal("list changes of", reference)
    }
}

extension HostEngine: EventStreaming {
    /// What comes and goes, noticed by looking every other second; of the past nothing is known.
    public func events(since: Timestamp?, until: Timestamp?) async throws -> any EventReader {
        HostEvents(scan, until: until)
    }
}

extension HostEngine: ProcessWatching, HealthChecking {}

/// Looks again and again, and tells the difference.
private actor HostEvents: EventReader {
    private let scan: HostScan
    private let until: Timestamp?
    private var known: [ContainerID: Container]

    init(_ scan: HostScan, until: Timestamp?) {
        self.scan = scan
        self.until = until
        known = Dictionary(scan.entries().map { ($0.container.id, $0.container) }) { first, _ in first }
    }

    func next() async throws -> [Event]? {
        while true {
            let now = Timestamp(nanoseconds: Clock.realtime())
            if let until, now >= until { return nil }
            try await Task.sleep(for: .seconds(2))
            let present = Dictionary(scan.entries().map { ($0.container.id, $0.container) }) { first, _ in first }
            let events = differences(present, Timestamp(nanoseconds: Clock.realtime()))
            known = present
            if !events.isEmpty { return events }
        }
    }

    private func differences(_ present: [ContainerID: Container], _ now: Timestamp) -> [Event] {
        func event(_ container: Container, _ action: String) -> Event {
            Event(
                time: now, type: .container, action: action, actorID: container.id.rawValue,
                attributes: ["name": container.name, "image": container.image])
        }
        var events = known.values.filter { present[$0.id] == nil }.map { event($0, "destroy") }
        for container in present.values {
            guard let old = known[container.id] else {
                events.append(event(container, "start"))
                continue
            }
            if old.state.name != container.state.name {
                events.append(event(container, container.state.name == "paused" ? "pause" : "unpause"))
            } else if old.state.pid != container.state.pid {
                events.append(event(container, "restart"))
            }
        }
        return events
    }
}
