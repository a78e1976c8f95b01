import CLinux

/// What a person is told of a network that does not lead to the world.
enum NetworkWarning {
    /// `nil` when it does.
    static func sentence(_ greeting: sph_netns_greeting) -> String? {
        guard greeting.world == SPH_NETNS_ALONE.rawValue else { return nil }
        let what = "containers reach each other, but not the world: "
        guard greeting.code >= 0 else {
            return what + "neither pasta nor slirp4netns is installed (apt-get install passt)"
        }
        let program = greeting.tried == SPH_NETNS_SLIRP.rawValue ? "slirp4netns" : "pasta"
        let words = withUnsafeBytes(of: greeting.words) {
            String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        }
        // pasta complains of a host without a system log once for each line.
        let line = words.split(separator: "\n").last { !$0.hasPrefix("Failed to send") }
        let end = greeting.code > 128 ? "was ended by signal \(greeting.code - 128)" : "ended with \(greeting.code)"
        return what + "\(program) \(end)" + (line.map { ": \($0)" } ?? "")
    }
}
