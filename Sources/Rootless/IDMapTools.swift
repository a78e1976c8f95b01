import Engine
import Glibc
import LinuxSystem

/// newuidmap(1) and newgidmap(1): the two setuid programs that may map what /etc/subuid and /etc/subgid grant.
enum IDMapTools {
    /// Writes a map of process `pid`. Blocks until the program has ended.
    /// - Throws: `.unsupported` in the program's own words when it refuses.
    static func write(_ program: String, _ pid: pid_t, _ map: [IDMapping]) throws(EngineError) {
        let numbers = map.flatMap { ["\($0.inside)", "\($0.outside)", "\($0.count)"] }
        let outcome: (code: Int32, words: String)
        do throws(SystemError) { outcome = try run(program, ["\(pid)"] + numbers) } catch {
            throw EngineError(.system, "cannot map this user's ids", cause: error)
        }
        guard outcome.code == 0 else {
            throw EngineError(
                .unsupported, "cannot map this user's ids: \(outcome.words)",
                hint: "spyhop doctor looks at /etc/subuid, /etc/subgid and the two programs")
        }
    }

    private static func run(_ program: String, _ arguments: [String]) throws(SystemError) -> (Int32, String) {
        let ends = try Pipe().take()
        let output = OwnedDescriptor(owning: ends.read)
        let input = OwnedDescriptor(owning: ends.write)
        let null = try OwnedDescriptor.open("/dev/null", O_RDWR)
        let pid = try Spawn(
            path: program, arguments: [program] + arguments,
            descriptors: [0: null.rawValue, 1: null.rawValue, 2: input.rawValue]
        ).start()
        try input.close()
        let text = String(decoding: (try? output.readAll(limit: 4096)) ?? [], as: UTF8.self)
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 {
            guard errno == EINTR else { throw SystemError.last("waitpid") }
        }
        let words = text.split(separator: "\n").first.map(String.init) ?? "\(program) ended with \(status >> 8 & 0xff)"
        return (status, words)
    }
}
