import Engine

/// Published ports that one rule leads: a single one, or neighbours that keep their numbers in the container.
struct PortStretch: Hashable {
    var hostAddress: IPAddress
    var transport: TransportProtocol
    var hostPorts: ClosedRange<UInt16>
    /// `nil`: the number stays.
    var containerPort: UInt16?

    /// The least number of stretches; `-p 8000-8999:8000-8999` becomes one.
    static func joined(_ ports: [PublishedPort]) -> [PortStretch] {
        let sorted = ports.sorted {
            ($0.hostAddress, $0.container.transport, $0.hostPort) < (
                $1.hostAddress, $1.container.transport, $1.hostPort
            )
        }
        var stretches: [PortStretch] = []
        for port in sorted {
            let keeps = port.hostPort == port.container.number
            if keeps, let last = stretches.last, last.containerPort == nil, last.hostAddress == port.hostAddress,
                last.transport == port.container.transport, last.hostPorts.upperBound &+ 1 == port.hostPort
            {
                stretches[stretches.count - 1].hostPorts = last.hostPorts.lowerBound...port.hostPort
            } else {
                stretches.append(
                    PortStretch(
                        hostAddress: port.hostAddress, transport: port.container.transport,
                        hostPorts: port.hostPort...port.hostPort, containerPort: keeps ? nil : port.container.number))
            }
        }
        return stretches
    }
}
