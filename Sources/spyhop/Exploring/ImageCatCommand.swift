import ArgumentParser
import Engine
import Glibc
import LinuxSystem

/// `image cat`: a file out of an image.
struct ImageCatCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "cat", abstract: "Write a file of an image to standard output.",
        usage: "spyhop image cat <image> <path>",
        discussion: """
            Symbolic links are followed within the image. A terminal gets text without control characters; a file or a pipe
            gets the file's bytes as they are.
            """)

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Argument(help: .init("Name or identifier.", valueName: "image"), completion: Completions.images)
    var image: String

    @Argument(help: .init("The file's path in the image.", valueName: "path"))
    var path: String

    func execute(_ context: CommandContext) async throws -> Int32 {
        let engine = try context.engine
        do {
            if StandardStream.output.isTerminal {
                try await show(engine)
            } else {
                try await engine.readImageFile(image, path: path, toDescriptor: StandardStream.output.rawValue)
            }
        } catch {
            guard !StandardStream.output.isClosed else { throw StandardStream.Closed() }
            throw error
        }
        return 0
    }

    /// Through a pipe of its own, at whose end the terminal is.
    private func show(_ engine: any ContainerEngine) async throws {
        let (read, write) = try Pipe().take()
        let (image, path) = (image, path)
        async let written: Void = {
            let end = OwnedDescriptor(owning: write)
            try await engine.readImageFile(image, path: path, toDescriptor: end.rawValue)
        }()
        let pieces = OwnedDescriptor(owning: read)
        var filter = TerminalFilter()
        while true {
            let piece = try await Self.piece(from: pieces.rawValue)
            if piece.isEmpty { break }
            try await StandardStream.output.write(filter.harmless(piece))
        }
        try await StandardStream.output.write(filter.end())
        try await written
    }

    private static func piece(from descriptor: Int32) async throws -> [UInt8] {
        try await Readiness.shared.readable(descriptor)
        var bytes = [UInt8](repeating: 0, count: 64 << 10)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        guard count >= 0 else { throw EngineError(.system, "cannot read the file", cause: SystemError.last("read")) }
        return Array(bytes.prefix(count))
    }
}
