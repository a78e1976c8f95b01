import Engine
import Glibc

/// Makes and removes networks' tables.
struct FirewallSender {
    let home: NetworkHome

    /// Makes the network's table, or replaces one that an other version of this program has made.
    func ensure(_ network: BridgeNetwork) throws(EngineError) {
        let socket = try home.socket(.netfilter)
        do throws(NetlinkError) {
            let found = try socket.get(FirewallRequest.table(FirewallPlan.table(of: network.id)))
            if let found, FirewallRequest.comment(of: found) == FirewallPlan.comment(of: network) { return }
            // Who else makes it at the same moment makes all of it.
            try socket.send(FirewallPlan.network(network, replacing: found != nil), ignoring: [EEXIST])
        } catch { throw error.refused("make the rules of network \(network.spec.name)") }
    }

    func remove(_ network: NetworkID) throws(EngineError) {
        let socket = try home.socket(.netfilter)
        do throws(NetlinkError) {
            guard try socket.get(FirewallRequest.table(FirewallPlan.table(of: network))) != nil else { return }
            try socket.send(FirewallPlan.removal(of: network), ignoring: [ENOENT])
        } catch { throw error.refused("remove the rules of network \(network.short)") }
    }
}
