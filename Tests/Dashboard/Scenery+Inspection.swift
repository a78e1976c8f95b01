import Engine
import Terminal

@testable import Dashboard

/// What the engine tells of containers' insides, events and disk usage.
extension Scenery {
    static var processes: [ContainerProcess] {
        func process(_ pid: Int32, _ parent: Int32, _ inner: Int32, _ command: String, memory: Int64)
            -> ContainerProcess
        {
            ContainerProcess(
                pid: pid, parent: parent, innerPID: inner, startTicks: UInt64(pid), user: "root", state: "S",
                threads: Int(inner), memory: memory, cpuTime: Int64(pid) * 1_000_000_000,
                startedAt: now.advanced(by: .seconds(-Int(pid))), command: command)
        }
        return [
            process(1000, 900, 1, "httpd -f", memory: 4 << 20), process(1011, 1000, 2, "sh -c worker", memory: 1 << 20),
            process(1012, 1011, 3, "worker \u{1b}[31m--loud", memory: 64 << 20),
            process(1020, 1000, 4, "logger", memory: 2 << 20),
        ]
    }

    static var changes: [FileChange] {
        [
            FileChange(kind: .changed, path: "/etc", isDirectory: true),
            FileChange(kind: .changed, path: "/etc/motd", size: 120),
            FileChange(kind: .deleted, path: "/etc/unused.conf", size: 900),
            FileChange(kind: .changed, path: "/var", isDirectory: true),
            FileChange(kind: .changed, path: "/var/log", isDirectory: true),
            FileChange(kind: .added, path: "/var/log/access.log", size: 4_200_000),
            FileChange(kind: .added, location: ContainerPath("/var/log/\u{1b}[2Jevil\nname"), size: 7),
        ]
    }

    static var directory: DirectoryContent {
        func file(
            _ name: [UInt8], _ kind: BrowsedFile.Kind, _ mode: UInt32, size: Int64 = 0, link: BrowsedFile.Link? = nil
        ) -> BrowsedFile {
            BrowsedFile(
                name: name, kind: kind, mode: mode, uid: 0, gid: kind == .directory ? 0 : 101, size: size,
                modifiedAt: now.advanced(by: .seconds(-86_400)), link: link)
        }
        return DirectoryContent(files: [
            file(Array(".hidden".utf8), .regular, 0o600, size: 12),
            file(Array("bin".utf8), .symbolicLink, 0o777, link: .init(target: Array("usr/bin".utf8), kind: .directory)),
            file(Array("etc".utf8), .directory, 0o755),
            file(Array("gone".utf8), .symbolicLink, 0o777, link: .init(target: Array("/nowhere".utf8), kind: nil)),
            file(Array("init".utf8), .regular, 0o4755, size: 81_920),
            file(Array("notes \u{1b}[31m\n.txt".utf8), .regular, 0o644, size: 2048),
            file([0xFF, 0xFE, 0x2E], .regular, 0o644, size: 3),
            file(Array("tmp".utf8), .directory, 0o1777),
        ])
    }

    static let fileText = (0..<400).map { "line \($0) of the file, with some words to fill it\n" }.joined()

    static var happenings: [Event] {
        func event(_ seconds: Int, _ type: Event.ObjectType, _ action: String, _ id: String, _ facts: [String: String])
            -> Event
        {
            Event(
                time: now.advanced(by: .seconds(seconds)), type: type, action: action, actorID: id, attributes: facts)
        }
        return [
            event(-900, .image, "pull", "demo:latest", ["name": "demo:latest"]),
            event(-600, .container, "create", id(0).rawValue, ["name": "web", "image": "demo:latest"]),
            event(-599, .container, "start", id(0).rawValue, ["name": "web", "image": "demo:latest"]),
            event(-300, .network, "connect", networkID(1).rawValue, ["name": "front", "container": id(0).rawValue]),
            event(
                -60, .container, "die", id(4).rawValue, ["name": "crasher", "image": "demo:latest", "exitCode": "1"]),
            event(-20, .container, "oom", id(2).rawValue, ["name": "saw-tooth", "image": "demo:latest"]),
        ]
    }

    static var diskUsage: DiskUsage {
        var usage = DiskUsage(
            images: zip(images, [3, 1, 0]).map { .init(image: $0, shared: $0.size / 4, containers: $1) },
            containers: containers.enumerated().map { .init(container: $1, written: Int64($0 * 1_500_000)) },
            volumes: volumes(counted: true), layers: 128_000_000, unusedLayers: 120_000_000)
        usage.buildCache = [
            BuildCacheRecord(
                id: "aa", kind: .regular, description: "RUN make", size: 5_000_000, createdAt: now, lastUsedAt: now,
                uses: 2, isInUse: false, isShared: false)
        ]
        return usage
    }

    /// What errands of these panes would bring.
    static func answers(_ errand: PaneErrand) -> [any Sendable] {
        switch errand.errand {
        case let make as MakeDocument:
            [DetailsAnswer.document(make.details, Inspected.container(make.details).document(HostServices()))]
        case let read as ReadProcesses: [DetailsAnswer.processes(read.id, .success(processes), at: .seconds(10))]
        case let read as ReadChanges: [ReadChanges.Answer(container: read.container, result: .success(changes))]
        case let list as ListDirectory:
            [BrowserAnswer.listed(list.container, list.path, choosing: list.choosing, .success(directory))]
        case let read as ReadStretch:
            [
                BrowserAnswer.stretch(
                    read.path,
                    .success(
                        FileStretch(
                            bytes: Array(
                                Array(fileText.utf8).dropFirst(Int(read.range.lowerBound)).prefix(read.range.count)),
                            offset: read.range.lowerBound,
                            version: FileVersion(size: Int64(fileText.utf8.count), modifiedAt: now, changedAt: now))))
            ]
        case is CountUsage: [CountUsage.Answer(result: .success(diskUsage))]
        case is ReadEvents: [EventsAnswer(result: .success(happenings))]
        case let inspect as InspectThing: [inspected(inspect.subject)]
        default: []
        }
    }

    private static func inspected(_ subject: InspectionSubject) -> InspectAnswer {
        let thing: Inspected?
        switch subject {
        case .image(let id):
            thing = images.first { $0.id == id }.map {
                .image(
                    ImageDetails(
                        image: $0, entrypoint: ["/init"], command: [], environment: ["A=b"], workingDirectory: "/",
                        user: "", stopSignal: nil, layers: ["sha256:aa"], author: nil))
            }
        case .network(let id): thing = networks.first { $0.id == id }.map { .network($0) }
        case .volume(let name): thing = volumes(counted: true).first { $0.name == name }.map { .volume($0) }
        }
        let gone = EngineError(.notFound, "it is not there")
        return InspectAnswer(
            subject: subject, result: thing.map { $0.document(HostServices()) } ?? .failure(gone))
    }
}
