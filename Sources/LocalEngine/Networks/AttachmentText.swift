import Engine

/// A container's networks as two columns of its row: written and read without an encoder, whose first use is dearer than
/// a container's network.
enum AttachmentText {
    /// Stands for no network at all, where the mode names one.
    private static let nothing = "-"

    /// A line a network: name, addresses, hardware address and aliases, apart by tabs. What the mode says by itself is empty.
    static func write(_ attachments: [NetworkAttachment], _ mode: NetworkMode) -> String {
        if attachments == usual(mode) { return "" }
        if attachments.isEmpty { return nothing }
        return attachments.map { one in
            [
                one.network, one.ipv4?.description ?? "", one.ipv6?.description ?? "",
                one.macAddress?.description ?? "", one.aliases.joined(separator: ","),
            ].joined(separator: "\t")
        }.joined(separator: "\n")
    }

    /// - Parameter id: the container's, for words about a line that cannot be read.
    static func read(_ text: String, _ mode: NetworkMode, of id: String) throws(EngineError) -> [NetworkAttachment] {
        if text.isEmpty { return usual(mode) }
        if text == nothing { return [] }
        var attachments: [NetworkAttachment] = []
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count == 5 else {
                throw EngineError(.corrupted, "the record of container \(id) has networks that cannot be read")
            }
            attachments.append(
                NetworkAttachment(
                    network: String(fields[0]), ipv4: IPAddress(fields[1]), ipv6: IPAddress(fields[2]),
                    macAddress: MACAddress(String(fields[3])), aliases: fields[4].split(separator: ",").map(String.init)
                ))
        }
        return attachments
    }

    /// What the mode says where nobody says more.
    static func usual(_ mode: NetworkMode) -> [NetworkAttachment] {
        mode.networkReference.map { [NetworkAttachment(network: $0)] } ?? []
    }

    /// `80/tcp,53/udp`.
    static func text(_ ports: [ExposedPort]) -> String { ports.map(\.description).joined(separator: ",") }

    /// What `text` wrote.
    static func ports(_ text: String) -> [ExposedPort] { text.split(separator: ",").compactMap { ExposedPort($0) } }
}
