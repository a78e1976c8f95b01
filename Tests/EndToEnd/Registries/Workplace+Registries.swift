import Foundation
import Harness
import Testing

extension Trait where Self == ConditionTrait {
    /// A real registry is asked; without one these tests say so and are left out.
    static var needsRegistry: ConditionTrait {
        .enabled(
            if: RegistryServer.isInstalled && Skopeo.isInstalled && CertificateAuthority.isInstalled,
            "needs Debian's packages docker-registry, skopeo and openssl")
    }
}

extension Workplace {
    /// Runs `spyhop ARGUMENTS`; a transfer that hangs is an error and does not hang the tests.
    @discardableResult
    func transfer(_ arguments: String..., input: String = "", environment extra: [String] = []) throws -> Outcome {
        try transfer(arguments, input: input, environment: extra)
    }

    private func transfer(_ arguments: [String], input: String, environment extra: [String]) throws -> Outcome {
        // The first of a name counts.
        try Command.run(
            [Self.spyhop] + arguments, environment: extra + environment, input: input, scratch: directory, seconds: 60)
    }

    /// The same, and its failure is an error of the test's.
    @discardableResult
    func succeed(
        _ arguments: String..., input: String = "", environment extra: [String] = [],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Outcome {
        let outcome = try transfer(arguments, input: input, environment: extra)
        guard outcome.code == 0 else {
            throw HarnessError("spyhop \(arguments.joined(separator: " ")) at \(sourceLocation): \(outcome.errors)")
        }
        return outcome
    }

    /// `REPOSITORY:TAG ID` of every image.
    var images: [String] {
        get throws { try run("images", "--no-trunc", "--format", "{{.Repository}}:{{.Tag}} {{.ID}}").lines.sorted() }
    }

    /// Blobs, layers, downloads and what is being made, without locks; what is inside a layer comes and goes with it.
    func storedFiles() throws -> Set<String> {
        let parts = ["blobs", "layers", "staging", "downloads"]
        let paths = try FileManager.default.subpathsOfDirectory(atPath: root)
        return Set(
            paths.filter { path in
                let words = path.split(separator: "/")
                return parts.contains { words.first == Substring($0) } && words.count > 1
                    && !(words[0] == "layers" && words.count > 2) && !path.hasSuffix(".lock") && path != "blobs/sha256"
            })
    }

    /// Writes Spyhop's configuration file.
    func configure(_ yaml: String) throws {
        let folder = directory + "/config/spyhop"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try yaml.write(toFile: folder + "/config.yaml", atomically: true, encoding: .utf8)
    }
}
