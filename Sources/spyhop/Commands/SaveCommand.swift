import ArgumentParser
import Engine
import Glibc
import LinuxSystem

/// `save`: images as an archive, or a directory.
struct SaveCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "save", abstract: "Write images as an archive that docker and skopeo read.",
        usage: "spyhop save [<options>] <image> ...")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Option(
        name: .shortAndLong, parsing: .unconditional,
        help: .init("File to write; else standard output.", valueName: "file"), completion: .file())
    var output: String?

    /// Podman's; docker has the one format that is the default here.
    @Option(
        name: .long, parsing: .unconditional,
        help: .init(
            "docker-archive, oci-archive, oci-dir or docker-dir; else docker's and OCI's at once.", valueName: "format"),
        completion: .list(ImageFormat.allCases.map(\.rawValue)))
    var format: String?

    @Argument(help: .init("Names or identifiers.", valueName: "image"), completion: Completions.images)
    var images: [String]

    func execute(_ context: CommandContext) async throws -> Int32 {
        let format = try chosenFormat()
        guard let output else {
            guard !StandardStream.output.isTerminal else {
                throw EngineError(
                    .invalidArgument, "an archive is nothing for a terminal", hint: "use -o FILE, or a pipe")
            }
            let descriptor = StandardStream.output.rawValue
            if let format {
                try await context.engine.save(images, as: format, to: .descriptor(descriptor))
            } else {
                try await context.engine.save(images, toDescriptor: descriptor)
            }
            return 0
        }
        let path = context.environment.absolute(output)
        if let format {
            try await context.engine.save(images, as: format, to: .path(path))
            return 0
        }
        // What was there before stays until the new archive is whole.
        let part = "\(path).part"
        do {
            let file = try OwnedDescriptor.open(part, O_WRONLY | O_CREAT | O_TRUNC, mode: 0o600)
            try await context.engine.save(images, toDescriptor: file.rawValue)
            try file.close()
            try Files.rename(part, to: path)
        } catch {
            try? Files.remove(part)
            guard let failure = error as? SystemError else { throw error }
            throw EngineError(.system, "cannot write \(output): \(failure.reason)")
        }
        return 0
    }

    private func chosenFormat() throws -> ImageFormat? {
        guard let format else { return nil }
        guard let known = ImageFormat(rawValue: format) else {
            throw EngineError(
                .invalidArgument, "unknown format \"\(format)\"",
                hint: "there are " + ImageFormat.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return known
    }
}
