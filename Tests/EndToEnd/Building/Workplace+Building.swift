import Foundation
import Harness
import Testing

extension Workplace {
    /// A new directory with these files, by path; the context of a build.
    func context(_ files: [String: String]) throws -> String {
        let path = "\(directory)/context-\(UUID().uuidString.prefix(8))"
        mkdir(path, 0o755)
        try write(files, in: path)
        return path
    }

    /// Writes files beneath a directory, which is made.
    func write(_ files: [String: String], in directory: String) throws {
        for (name, text) in files {
            let path = "\(directory)/\(name)"
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        }
    }

    /// Runs `spyhop build --progress plain ARGUMENTS`, whose last is the context; one that hangs is an error.
    func build(_ arguments: String..., input: String = "", environment extra: [String] = []) throws -> Outcome {
        try build(arguments, input: input, environment: extra)
    }

    /// Runs `spyhop build --progress plain ARGUMENTS`, whose last is the context; one that hangs is an error.
    func build(_ arguments: [String], input: String = "", environment extra: [String] = []) throws -> Outcome {
        try Command.run(
            [Self.spyhop, "build", "--progress", "plain"] + arguments, environment: extra + environment, input: input,
            scratch: directory, seconds: 120)
    }

    /// The same, and its failure is an error of the test's; answers what was told.
    @discardableResult
    func built(
        _ arguments: String..., input: String = "", environment extra: [String] = [],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> BuildLog {
        let outcome = try build(arguments, input: input, environment: extra)
        guard outcome.code == 0 else {
            throw HarnessError(
                "spyhop build \(arguments.joined(separator: " ")) at \(sourceLocation): \(outcome.errors.suffix(3000))")
        }
        return BuildLog(outcome.errors)
    }

    /// The identifier of an image.
    func identifier(of image: String) throws -> String {
        try run("image", "inspect", "--format", "{{.Id}}", image).trimmed
    }

    /// The output of a command in a container of an image.
    func output(of image: String, _ command: String...) throws -> String {
        let outcome = try run(["run", "--rm", "--network", "none", image] + command)
        return outcome.code == 0 ? outcome.output : "exit \(outcome.code): \(outcome.errors)"
    }

    /// Remembers the cgroups of processes that name `mark`, for the search in the cgroup trees.
    func watchCgroups(of mark: String) {
        for line in HostTraces.processes(mentioning: mark) {
            guard let pid = line.split(separator: " ").dropFirst().first else { continue }
            for place in Command.text("/proc/\(pid)/cgroup").split(whereSeparator: { "/\n".contains($0) })
            where place.count == 64 && place.allSatisfy(\.isHexDigit) {
                watch(String(place))
            }
        }
    }
}
