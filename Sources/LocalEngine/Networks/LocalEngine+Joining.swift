import Engine
import Images
import Networking
import Runtime

/// What a container's request says of networks, made definite when the container is made.
extension LocalEngine {
    /// Mode, networks by their names, and the host name that another container lends.
    struct Joining {
        var mode: NetworkMode
        var attachments: [NetworkAttachment]
        var hostname: String?
    }

    /// Looks up what the request names.
    /// - Throws: `.notFound` for a network or container that is not there.
    func joining(_ spec: ContainerSpec) throws -> Joining {
        if let reference = spec.networkMode.containerReference {
            let owner = try records.find(reference)
            return Joining(
                mode: .container(owner.id.rawValue), attachments: [],
                hostname: try records.definition(owner.id).hostname)
        }
        let asked = spec.network?.attachments ?? []
        let wishes = asked.isEmpty ? AttachmentText.usual(spec.networkMode) : asked
        // The commonest of all is there, or made at the start.
        guard let mode = spec.networkMode.networkReference, wishes != AttachmentText.usual(.bridge) else {
            return Joining(mode: spec.networkMode, attachments: spec.networkMode.networkReference == nil ? [] : wishes)
        }
        var attachments: [NetworkAttachment] = []
        for var wish in wishes {
            let network = try network(for: wish)
            try wish.check(on: network)
            wish.network = network.name
            guard !attachments.contains(where: { $0.network == network.name }) else {
                throw EngineError(.invalidArgument, "network \"\(network.name)\" is specified multiple times")
            }
            attachments.append(wish)
        }
        return Joining(mode: NetworkMode(rawValue: attachments.first?.network ?? mode), attachments: attachments)
    }

    /// The image's ports, the request's, and what is published.
    func exposed(_ spec: ContainerSpec, _ image: ResolvedImage) -> [ExposedPort] {
        let wanted = (spec.network?.exposed ?? []) + (spec.network?.ports.map(\.container) ?? [])
        guard !image.exposedPorts.isEmpty || !wanted.isEmpty else { return [] }
        return Set(image.exposedPorts.compactMap { ExposedPort($0) } + wanted).sorted()
    }

    /// What the monitor is told of networks; `nil` for loopback alone and for the host's.
    func bundleNetwork(_ network: NetworkStart?, _ shared: Int32?) -> BundleNetwork? {
        guard let shared else { return network?.bundle }
        var bundle = BundleNetwork()
        bundle.shared = shared
        return bundle
    }

    /// Tells of a container's place on a network.
    func emit(_ action: String, _ endpoint: NetworkEndpoint) {
        emit(
            Event(
                time: .now, type: .network, action: action, actorID: endpoint.networkID.rawValue,
                attributes: [
                    "container": endpoint.containerID.rawValue, "name": endpoint.networkName, "type": "bridge",
                ]))
    }
}
