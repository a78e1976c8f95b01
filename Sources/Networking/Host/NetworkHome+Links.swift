import Engine
import Glibc

extension NetworkHome {
    /// Takes an interface away, and with it the other end of its pair; one that is gone is passed over.
    public func removeLink(named name: String) throws(EngineError) {
        var batch = NetlinkBatch()
        batch.deleteLink(named: name)
        let socket = try socket(.route)
        do throws(NetlinkError) { try socket.send(batch.bytes, ignoring: [ENODEV]) } catch {
            throw error.refused("take interface \(name) away")
        }
    }
}
