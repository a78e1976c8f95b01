import ArgumentParser
import Engine
import OCI

/// `info`: what the engine has and stands on.
struct InfoCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "info", abstract: "Show what the engine has and where it stands.", usage: "spyhop info [<options>]"
    )

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Option(
        name: [.customShort("f", allowingJoined: true), .long], parsing: .unconditional,
        help: .init("json or a template.", valueName: "format"))
    var format: String?

    func execute(_ context: CommandContext) async throws -> Int32 {
        let template = try format.map { try Template($0 == "json" ? "{{json .}}" : $0) }
        let engine = try context.engine
        let facts = try context.services.hostFacts()
        let states = try await engine.containers().map(\.state.name)
        let images = try await engine.images().count
        // An engine has told its version by now; several have one each.
        let statuses = (engine as? any EngineOverview)?.engineStatuses() ?? []
        func count(_ names: String...) -> JSONValue { .integer(Int64(states.filter(names.contains).count)) }
        let value: JSONValue = [
            "ServerVersion": .string(statuses.count == 1 ? statuses.first?.version ?? "" : Version.number),
            "Containers": .integer(Int64(states.count)),
            "ContainersRunning": count("running"),
            "ContainersPaused": count("paused"),
            "ContainersStopped": count("created", "exited", "dead"),
            "ContainersRestarting": count("restarting"),
            "Images": .integer(Int64(images)),
            "Driver": "overlay",
            "CgroupVersion": .string(facts.cgroupMode),
            "KernelVersion": .string(facts.kernel),
            "OSType": "linux",
            "Architecture": .string(Platform.host.architecture),
            "NCPU": .integer(Int64(facts.cpuCount)),
            "MemTotal": .integer(Int64(clamping: facts.memoryTotal)),
            "Name": .string(facts.hostname),
            "RootDir": .string(context.settings.root),
            "RunRootDir": .string(context.settings.runRoot),
            "Engines": .array(
                statuses.map { status in
                    [
                        "Name": .string(status.name), "Kind": .string(status.kind.rawValue),
                        "Version": .string(status.version ?? ""), "Address": .string(status.address),
                    ]
                }),
        ]
        if let template {
            try await context.print(try template.render(value) + "\n")
            return 0
        }
        try await context.print(Self.text(value, memory: facts.memoryTotal))
        for status in statuses {
            try await context.print(
                GoText.harmless("Engine \(status.name): \(status.version ?? "not reached") at \(status.address)") + "\n"
            )
        }
        return 0
    }

    private static func text(_ value: JSONValue, memory: UInt64) -> String {
        let lines = [
            ("Containers", "Containers"), (" Running", "ContainersRunning"), (" Paused", "ContainersPaused"),
            (" Restarting", "ContainersRestarting"), (" Stopped", "ContainersStopped"), ("Images", "Images"),
            ("Server Version", "ServerVersion"), ("Storage Driver", "Driver"), ("Cgroup Version", "CgroupVersion"),
            ("Kernel Version", "KernelVersion"), ("OSType", "OSType"), ("Architecture", "Architecture"),
            ("CPUs", "NCPU"), ("Name", "Name"), ("Root Dir", "RootDir"), ("Run Root Dir", "RunRootDir"),
        ]
        return lines.map { "\($0.0): \(value.member($0.1)?.text ?? "")\n" }.joined()
            + "Total Memory: \(HumanSize.binary(memory))\n"
    }
}
