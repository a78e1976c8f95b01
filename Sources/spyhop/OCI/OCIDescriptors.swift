import Engine
import Glibc

/// Descriptors that engines hand to a container's program beside its three streams.
enum OCIDescriptors {
    /// How many there are from 3 on, and what the program's environment says of them: those of socket activation
    /// (sd_listen_fds(3)), then as many as `--preserve-fds` says.
    /// - Throws: `.invalidArgument` when one of them is not open.
    static func preserved(
        _ arguments: OCIArguments, _ environment: ProcessEnvironment
    ) throws(EngineError) -> (count: Int, environment: [String]) {
        let extra: Int = try arguments.number("preserve-fds") ?? 0
        let listening = environment.value("LISTEN_FDS").flatMap { Int($0) } ?? 0
        guard (0...1024).contains(extra), (0...1024).contains(listening) else {
            throw EngineError(.invalidArgument, "--preserve-fds \(extra) is not within 0 to 1024")
        }
        let count = extra + listening
        for descriptor in 3..<Int32(3 + count) where fcntl(descriptor, F_GETFD) < 0 {
            throw EngineError(.invalidArgument, "--preserve-fds: descriptor \(descriptor) is not open")
        }
        return (count, listening > 0 ? ["LISTEN_FDS=\(listening)", "LISTEN_PID=1"] : [])
    }
}
