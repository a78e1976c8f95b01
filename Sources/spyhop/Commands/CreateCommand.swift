import ArgumentParser
import Engine
import Glibc
import LinuxSystem

/// `create`: a container that is not started.
struct CreateCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Create a container without starting it.",
        usage: "spyhop create [<options>] <image> [<command>] [<argument> ...]", helpNames: .long)
    static let failureCode: Int32 = 125

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions
    /// Which streams are joined is said to `start`; docker's scripts say it here already.
    @Option(name: [.customShort("a", allowingJoined: true), .long], parsing: .unconditionalSingleValue, help: .hidden)
    var attach: [String] = []

    @OptionGroup var container: ContainerOptions

    @Argument(
        parsing: .captureForPassthrough, help: .init("Image, command and its arguments.", valueName: "image"),
        completion: Completions.images)
    var words: [String] = []

    func validate() throws { _ = try PassthroughWords.check(words, atLeast: 1, named: "<image>") }

    func execute(_ context: CommandContext) async throws -> Int32 {
        let words = try PassthroughWords.check(words, atLeast: 1, named: "<image>")
        _ = try AttachedStreams(attach)
        for warning in container.warnings { try await context.warn(warning) }
        let spec = try container.spec(
            image: words[0], command: Array(words.dropFirst()), cgroupParent: global.cgroupParent, context.environment)
        let demand = try container.demand()
        let id = try await Self.create(cidfile: container.cidfile, context) { engine in
            var spec = spec
            spec.image = try await ForeignImage.bring(spec.image, engine, isQuiet: demand.isQuiet)
            return try await demand.create(spec, engine)
        }
        try await context.print(id.rawValue + "\n")
        return 0
    }

    /// Creates the container by `make`; its identifier goes into `cidfile`, which must not be there yet.
    static func create(
        cidfile: String?, _ context: CommandContext, _ make: (any ContainerEngine) async throws -> ContainerID
    ) async throws -> ContainerID {
        guard let cidfile else { return try await make(context.engine) }
        let path = context.environment.absolute(cidfile)
        // The file is claimed first: a second command with the same one must not leave a container behind.
        let file: OwnedDescriptor
        do { file = try OwnedDescriptor.open(path, O_WRONLY | O_CREAT | O_EXCL, mode: 0o644) } catch {
            if error.number == EEXIST {
                throw EngineError(
                    .conflict, "the identifier's file \(cidfile) is already there", hint: "remove it first")
            }
            throw EngineError(.system, "cannot make \(cidfile): \(error.reason)")
        }
        do {
            let id = try await make(context.engine)
            try file.writeAll(Array(id.rawValue.utf8))
            return id
        } catch {
            try? Files.remove(path)
            throw error
        }
    }
}
