import Foundation
import Harness

/// A small C program of the tests, statically linked, built once for the test process.
final class BuiltProgram: Sendable {
    /// Its path on the host; nil without a C compiler.
    let path: String?
    private let directory: String?

    /// - Parameter source: beneath `Tests/EndToEnd`.
    init(_ source: String) {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let name = (source as NSString).lastPathComponent.replacingOccurrences(of: ".c", with: "")
        directory = try? TemporaryDirectory.make("spyhop-\(name)")
        guard let compiler = Programs.installed("gcc") ?? Programs.installed("cc"), let directory else {
            path = nil
            return
        }
        let made = try? Command.run(
            [compiler, "-static", "-O1", "-w", "-o", "\(directory)/\(name)", tests.appending(path: source).path],
            scratch: directory)
        path = made?.code == 0 ? "\(directory)/\(name)" : nil
    }

    /// For the end of the process.
    func remove() {
        if let directory { try? FileManager.default.removeItem(atPath: directory) }
    }

    /// The option that brings it into a container, in the container's root.
    func volume() throws -> [String] {
        guard let path else { throw HarnessError("a C program cannot be built: is there a compiler?") }
        return ["-v", "\(path):/\((path as NSString).lastPathComponent):ro"]
    }
}
