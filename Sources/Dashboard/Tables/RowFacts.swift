import Engine

/// What tables know beside their rows: the clock, the figures, and who uses what.
struct RowFacts: Sendable {
    var now: Timestamp
    var usage: [ContainerID: Usage] = [:]
    var cpuCount = 1
    /// Names of the containers that are made from each image.
    var imageUsers: [ImageID: [String]] = [:]
    /// What images have in common, as far as it is known.
    var imageShares: [ImageID: ImageShare] = [:]

    /// Seconds since a moment, by the same clock.
    func age(of moment: Timestamp?) -> CellValue {
        moment.map { .number(Double(Format.age(of: $0, now: now))) } ?? .nothing
    }

    /// What passes through a network's interfaces now; `nil` where nobody measures it.
    func rates(on network: Network) -> (receive: Double, send: Double)? {
        let rates = network.endpoints.compactMap { endpoint in
            usage[endpoint.containerID]?.interfaces.first { $0.name == endpoint.interface }
        }
        guard !rates.isEmpty else { return nil }
        return (rates.reduce(0) { $0 + $1.receiveRate }, rates.reduce(0) { $0 + $1.sendRate })
    }
}
