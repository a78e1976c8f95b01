/// Questions to rtnetlink.
enum RouteRequest {
    static let links: [UInt8] = {
        var batch = NetlinkBatch()
        batch.message(RouteMessage.getLink, .dump) { $0.linkHeader() }
        return batch.bytes
    }()

    static let addresses: [UInt8] = {
        var batch = NetlinkBatch()
        batch.message(RouteMessage.getAddress, .dump) { $0.write([UInt8](repeating: 0, count: 8)) }
        return batch.bytes
    }()

    static let routes: [UInt8] = {
        var batch = NetlinkBatch()
        batch.message(RouteMessage.getRoute, .dump) { $0.write([UInt8](repeating: 0, count: 12)) }
        return batch.bytes
    }()

    static func link(named name: String) -> [UInt8] {
        var batch = NetlinkBatch()
        batch.message(RouteMessage.getLink, .acknowledge) {
            $0.linkHeader()
            $0.attribute(RouteMessage.Link.name, name)
        }
        return batch.bytes
    }
}
