import Engine
import LinuxSystem
import Synchronization

/// A build as the command makes it: progress, what is told at its end, and the files that were asked for.
struct BuildRun {
    let request: BuildRequest
    let style: BuildProgressStyle
    let palette: BuildPalette
    /// What is run in a failed step's last state.
    let invoke: String?
    let files: BuildWish.ResultFiles
    let environment: ProcessEnvironment

    /// Carries it out; answers the exit code.
    func run(_ engine: any ImageBuilding) async throws -> Int32 {
        let display = BuildDisplay(style, palette: palette)
        let shell = invoke.map { FailedStepShell(command: $0, display: display, palette: palette) }
        let request = request
        let onFailure: BuildFailureHandler? = shell.map { shell in { @Sendable step in await shell.enter(step) } }
        let outcome = try await InterruptibleWork(display: display).run {
            try await engine.build(request, progress: { display.note($0) }, onFailure: onFailure)
        }
        for notice in display.takeNotices() {
            try await StandardStream.error.write("spyhop: \(GoText.harmless(notice))\n")
        }
        switch outcome.result {
        case .success(let image):
            if style != .quiet, style != .rawjson {
                try await StandardStream.error.write(
                    BuildReport.success(image) + BuildReport.warnings(display.board))
            }
            try await finish(image)
            return 0
        case .failure(let error):
            if let signal = outcome.signal ?? shell?.signal {
                try await StandardStream.error.write(
                    "spyhop: the build was interrupted; finished steps are in the cache\n")
                return 128 + signal
            }
            if error is StandardStream.Closed { throw error }
            let board = display.board
            // Whoever was in the failed step has seen why it failed.
            let tail = shell?.hasBeenEntered == true || style == .rawjson ? "" : BuildReport.tail(board)
            try await StandardStream.error.write(
                (style == .quiet || style == .rawjson ? "" : BuildReport.warnings(board)) + tail
                    + BuildReport.error(error, palette))
            return 1
        }
    }

    private func finish(_ image: BuiltImage) async throws {
        if let path = files.identifier { try write(Array((image.id?.rawValue ?? "").utf8), to: path) }
        if let path = files.metadata {
            try write(Array((BuildMetadata.value(image).pretty + "\n").utf8), to: path)
        }
        guard style == .quiet, let id = image.id, !writesOutput else { return }
        try await StandardStream.output.write("\(id.rawValue)\n")
    }

    /// Standard output is an archive.
    private var writesOutput: Bool {
        request.outputs.contains { output in
            switch output {
            case .tar(.descriptor), .oci(.descriptor, _), .docker(.descriptor): true
            default: false
            }
        }
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        do { try Files.writeAtomically(bytes, to: environment.absolute(path)) } catch {
            throw EngineError(.system, "cannot write \(path): \(error.reason)")
        }
    }
}

/// What `--metadata-file` holds.
enum BuildMetadata {
    /// Docker's keys, as far as they mean something here.
    static func value(_ image: BuiltImage) -> JSONValue {
        var members: [JSONValue.Member] = []
        if let id = image.id { members.append(.init(key: "containerimage.config.digest", value: .string(id.rawValue))) }
        if let digest = image.digest {
            members.append(
                .init(
                    key: "containerimage.descriptor",
                    value: ["mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": .string(digest)]))
            members.append(.init(key: "containerimage.digest", value: .string(digest)))
        }
        if !image.names.isEmpty {
            members.append(.init(key: "image.name", value: .string(image.names.joined(separator: ","))))
        }
        return .object(members)
    }
}
