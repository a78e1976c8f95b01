import Foundation

/// A program run to its end, timed.
enum Program {
    /// Milliseconds from the start of `arguments` to its end; `nil` when it fails.
    static func time(_ arguments: [String], environment: [String] = Program.environment) -> Double? {
        let start = DispatchTime.now().uptimeNanoseconds
        guard run(arguments, environment: environment) == 0 else { return nil }
        return Double(DispatchTime.now().uptimeNanoseconds - start) / 1e6
    }

    /// The median of `rounds` timings, after two that do not count.
    static func median(_ rounds: Int, _ arguments: [String], environment: [String] = Program.environment) -> Double? {
        let times = (0..<rounds + 2).map { _ in time(arguments, environment: environment) }.dropFirst(2)
        let sorted = times.compactMap { $0 }.sorted()
        return sorted.count == rounds ? sorted[sorted.count / 2] : nil
    }

    /// The exit code of a program whose output is thrown away.
    @discardableResult
    static func run(_ arguments: [String], environment: [String] = Program.environment) -> Int32 {
        guard let pid = spawn(arguments, environment: environment) else { return 127 }
        return wait(pid)
    }

    /// Starts a program with its streams on /dev/null, or its output in `output`.
    static func spawn(
        _ arguments: [String], environment: [String] = Program.environment, output: String = "/dev/null"
    ) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
        defer { (argv + envp).forEach { free($0) } }
        var pid: pid_t = 0
        guard posix_spawnp(&pid, arguments[0], &actions, nil, &argv, &envp) == 0 else { return nil }
        return pid
    }

    static func wait(_ pid: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
        return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + status & 0x7f
    }

    /// What a program prints.
    static func output(_ arguments: [String], environment: [String] = Program.environment) -> String {
        let path = "/tmp/spyhop-benchmark-output-\(getpid())"
        defer { unlink(path) }
        guard let pid = spawn(arguments, environment: environment, output: path) else { return "" }
        _ = wait(pid)
        let data = FileManager.default.contents(atPath: path) ?? Data()
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    static func exists(_ name: String) -> Bool {
        ["/usr/bin/", "/usr/sbin/", "/bin/", "/sbin/"].contains { access($0 + name, X_OK) == 0 }
    }

    static let environment = [
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LANG=C.UTF-8",
        "TERM=xterm-256color",
    ]
}
