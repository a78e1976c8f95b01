import ArgumentParser
import Engine

/// `rmi`: names of images, and images with their last name.
struct RemoveImageCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "rmi", abstract: "Remove images.", usage: "spyhop rmi [<options>] <image> ...")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions
    @OptionGroup var options: ImageRemovalOptions

    func execute(_ context: CommandContext) async throws -> Int32 {
        try await Self.remove(options.images, force: options.force, context)
        return 0
    }

    /// Removes each and prints what was done.
    static func remove(_ images: [String], force: Bool, _ context: CommandContext) async throws {
        try await context.forEach(images) { engine, reference in
            do {
                return try await engine.removeImage(reference, force: force).map(line).joined(separator: "\n")
            } catch let error as EngineError where force && error.code == .notFound {
                // Docker tells of it and still counts it as done.
                try await context.warn(error.description)
                return nil
            }
        }
    }

    /// `Untagged: busybox:latest`, `Deleted: sha256:…`.
    static func line(_ removal: ImageRemoval) -> String {
        switch removal {
        case .untagged(let name): "Untagged: \(name)"
        case .deleted(let id): "Deleted: \(id)"
        }
    }
}
