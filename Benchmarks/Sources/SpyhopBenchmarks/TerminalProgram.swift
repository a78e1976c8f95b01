import Foundation

/// A program on a pseudo-terminal whose output is watched but not drawn.
final class TerminalProgram {
    let pid: pid_t
    private let master: Int32
    private var seen: [UInt8] = []

    init?(_ arguments: [String], environment: [String], columns: UInt16, rows: UInt16) {
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        var master: Int32 = -1
        var slave: Int32 = -1
        guard openpty(&master, &slave, nil, nil, &size) == 0 else { return nil }
        defer { close(slave) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for target in Int32(0)...2 { posix_spawn_file_actions_adddup2(&actions, slave, target) }
        posix_spawn_file_actions_addclose(&actions, master)
        var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
        defer { (argv + envp).forEach { free($0) } }
        var pid: pid_t = 0
        guard posix_spawnp(&pid, arguments[0], &actions, nil, &argv, &envp) == 0 else { return nil }
        self.pid = pid
        self.master = master
    }

    deinit {
        kill(pid, SIGTERM)
        // A program that gives its terminal back waits until all it wrote was read; this end must not keep it waiting.
        close(master)
        _ = Program.wait(pid)
    }

    func type(_ text: String) { _ = text.withCString { write(master, $0, strlen($0)) } }

    /// Reads what comes within `milliseconds`; false when nothing did.
    @discardableResult
    func read(milliseconds: Int32) -> Bool {
        var waiter = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        guard poll(&waiter, 1, milliseconds) > 0 else { return false }
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = Glibc.read(master, &buffer, buffer.count)
        guard count > 0 else { return false }
        seen.append(contentsOf: buffer.prefix(count))
        return true
    }

    /// Reads until the output so far has all of `words`.
    func wait(forAll words: [String], milliseconds: Int) -> Bool {
        let deadline = DispatchTime.now().uptimeNanoseconds + UInt64(milliseconds) * 1_000_000
        while DispatchTime.now().uptimeNanoseconds < deadline {
            read(milliseconds: 20)
            let text = String(decoding: seen, as: UTF8.self)
            if words.allSatisfy({ text.contains($0) }) { return true }
        }
        return false
    }

    /// Reads for so long whatever comes.
    func watch(seconds: Double) {
        let deadline = DispatchTime.now().uptimeNanoseconds + UInt64(seconds * 1e9)
        while DispatchTime.now().uptimeNanoseconds < deadline { read(milliseconds: 100) }
        seen.removeAll()
    }
}
