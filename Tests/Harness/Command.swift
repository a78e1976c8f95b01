import Foundation

/// Runs programs to their end and keeps what they said.
package enum Command {
    /// A plain search path, as a login has it.
    package static let searchPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    /// Runs `arguments`, whose first is a path, with `input` as its standard input; `scratch` is a directory for the
    /// files that carry the streams: a pipe would wait for everybody who inherited it. What has not ended after `seconds`
    /// is killed, and that is an error.
    package static func run(
        _ arguments: [String], environment: [String] = [searchPath], input: String = "", scratch: String,
        descriptors: [(path: String, number: Int32)] = [], seconds: Int? = nil
    ) throws -> Outcome {
        let name = scratch + "/" + UUID().uuidString
        defer { for suffix in [".in", ".out", ".err"] { unlink(name + suffix) } }
        try Data(input.utf8).write(to: URL(filePath: name + ".in"))
        let child = try Child(arguments, environment: environment) { actions in
            posix_spawn_file_actions_addopen(&actions, 0, name + ".in", O_RDONLY, 0)
            posix_spawn_file_actions_addopen(&actions, 1, name + ".out", O_WRONLY | O_CREAT | O_APPEND, 0o600)
            posix_spawn_file_actions_addopen(&actions, 2, name + ".err", O_WRONLY | O_CREAT | O_APPEND, 0o600)
            for (path, number) in descriptors {
                posix_spawn_file_actions_addopen(&actions, number, path, O_RDWR, 0)
            }
        }
        let code = try seconds.map { try child.wait(seconds: $0) } ?? child.wait()
        return Outcome(code: code, output: text(name + ".out"), errors: text(name + ".err"))
    }

    /// Starts `arguments` without waiting; its streams go nowhere, or to the file `output`.
    package static func start(
        _ arguments: [String], environment: [String] = [searchPath], output: String = "/dev/null"
    ) throws -> Child {
        try Child(arguments, environment: environment) { actions in
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
            posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
            posix_spawn_file_actions_adddup2(&actions, 1, 2)
        }
    }

    /// A file's text; empty when there is none.
    package static func text(_ path: String) -> String {
        String(decoding: (try? Data(contentsOf: URL(filePath: path))) ?? Data(), as: UTF8.self)
    }

    /// Asks again until `condition` holds; false when it never did. The bound ends a test that would hang.
    package static func eventually(attempts: Int = 600, _ condition: () throws -> Bool) rethrows -> Bool {
        for _ in 0..<attempts {
            if try condition() { return true }
            usleep(20_000)
        }
        return false
    }
}
