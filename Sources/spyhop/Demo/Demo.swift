import Engine
import Glibc
import LinuxSystem

/// Starts and removes the demo. Both may be done again at any time.
struct Demo {
    /// Marks what belongs to the demo, so that nothing else is ever removed.
    static let label = "dev.spyhop.demo"

    let context: CommandContext
    let engine: any ContainerEngine

    /// Makes image, network and volume where they are missing and starts what does not run. Where the host allows no
    /// networks, all of it runs without, and the footnote says why.
    func start() async throws {
        try await prepareImage()
        let wiring = DemoWiring(context: context, engine: engine)
        var isWired = try await wiring.prepare()
        let present = try await engine.containers()
        for member in DemoScripts.members {
            let standing = present.first { $0.name == member.name }
            if let standing, standing.labels[Self.label] == nil {
                throw EngineError(
                    .conflict, "there is already a container named \(member.name) which is not the demo's",
                    hint: "rename it: spyhop rename \(member.name) NAME")
            }
            if let standing, standing.state.isAlive {
                try await tell(member, "runs")
                continue
            }
            // One that has ended is made anew: it may have been made for a host without networks, or for one with them.
            if let standing { try await engine.remove(standing.id.rawValue, force: true) }
            if isWired {
                isWired = try await wiring.start(wiring.connected(spec(member)), else: spec(member))
            } else {
                try await engine.start(try await engine.create(spec(member)).rawValue)
            }
            try await tell(member, "started")
        }
    }

    /// Removes the demo's containers, its network, its volume and its image.
    func stop() async throws {
        var removed = 0
        for container in try await engine.containers() where container.labels[Self.label] != nil {
            try await engine.remove(container.id.rawValue, force: true)
            try await context.print("removed container \(container.name)\n")
            removed += 1
        }
        removed += try await DemoWiring(context: context, engine: engine).remove()
        do {
            _ = try await engine.removeImage(DemoImage.reference, force: false)
            try await context.print("removed image \(DemoImage.reference)\n")
            removed += 1
        } catch let error as EngineError where error.code == .notFound {
            // It is gone already.
        }
        if removed == 0 { try await context.print("there is no demo to remove\n") }
    }

    private func prepareImage() async throws {
        do {
            _ = try await engine.inspectImage(DemoImage.reference)
            return
        } catch let error as EngineError where error.code == .notFound {
            // It is made now.
        }
        let program = try DemoImage.findProgram()
        try await context.print("making image \(DemoImage.reference) from \(program)\n")
        let temporary = context.environment.value("TMPDIR") ?? "/tmp"
        let directory: String
        // Made anew under a name that nobody could prepare; its mode becomes that of the image's root.
        do { directory = try StagingDirectory(in: temporary).path } catch {
            throw EngineError(.system, "cannot make a directory in \(temporary) for the demo's image", cause: error)
        }
        defer { try? Files.removeTree(directory) }
        chmod(directory, 0o755)
        try await DemoImage.build(from: program, in: directory)
        _ = try await engine.importRoot(
            ImageImport(
                source: .directory(directory), reference: DemoImage.reference,
                changes: ["CMD [\"/bin/sh\"]", "ENV PATH=/usr/sbin:/usr/bin:/sbin:/bin"], message: "spyhop demo"))
    }

    private func spec(_ member: DemoScripts.Member) -> ContainerSpec {
        var spec = ContainerSpec(image: DemoImage.reference, command: ["/demo/\(member.name)"])
        spec.name = member.name
        spec.labels = [Self.label: "yes"]
        spec.networkMode = .none
        spec.limits.memory = member.memory
        spec.limits.nanoCPUs = member.nanoCPUs
        spec.limits.pids = 64
        spec.stopTimeout = 3
        spec.restartPolicy = member.restarts ? .always : .no
        spec.logRotation = ContainerSpec.LogRotation(maximumSize: 1 << 20, maximumFiles: 3)
        return spec
    }

    private func tell(_ member: DemoScripts.Member, _ verb: String) async throws {
        let name = member.name + String(repeating: " ", count: max(0, 8 - member.name.count))
        try await context.print("\(verb) \(name)  \(member.purpose)\n")
    }
}
