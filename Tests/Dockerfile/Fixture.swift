import Dockerfile
import Engine
import Foundation
import Testing

/// A Dockerfile in Fixtures and what is expected of it.
struct Fixture: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    /// Nothing when it has not been written yet.
    let expected: String

    var testDescription: String { name }

    static let directory = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

    /// All of a folder's, by name.
    static func all(in folder: String) -> [Fixture] {
        let folder = directory.appending(path: folder)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().compactMap { name in
            let place = folder.appending(path: name)
            guard let data = try? Data(contentsOf: place.appending(path: "Dockerfile")) else { return nil }
            let expected = try? String(contentsOf: place.appending(path: "expected"), encoding: .utf8)
            return Fixture(name: name, bytes: Array(data), expected: expected ?? "")
        }
    }

    /// The file read, or what is wrong with it.
    var outcome: String {
        do {
            return DockerfileDump(try Dockerfile.parse(bytes, name: "Dockerfile")).lines.joined(separator: "\n") + "\n"
        } catch {
            return error.engineError.description + "\n"
        }
    }
}
