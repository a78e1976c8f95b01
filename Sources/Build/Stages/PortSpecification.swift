import Dockerfile

/// The ports of an EXPOSE: `80`, `53/udp`, `8000-8010/tcp`; docker also takes `host:container` and leaves the host's away.
enum PortSpecification {
    /// `port/protocol`, one for each port of a range.
    static func ports(_ text: String) throws(WordError) -> [String] {
        let container = text.split(separator: ":", omittingEmptySubsequences: false).last.map(String.init) ?? text
        let parts = container.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let range = parts.first, !range.isEmpty else { throw WordError("no port specified: \(text)<empty>") }
        let transport = parts.count > 1 && !parts[1].isEmpty ? parts[1].lowercased() : "tcp"
        guard ["tcp", "udp", "sctp"].contains(transport) else { throw WordError("invalid proto: \(transport)") }
        let ends = range.split(separator: "-", omittingEmptySubsequences: false).map { UInt16($0) }
        guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first <= last else {
            throw WordError("invalid containerPort: \(range)")
        }
        return (first...last).map { "\($0)/\(transport)" }
    }
}
