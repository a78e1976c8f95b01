import Engine

extension ImageStore {
    /// Users and groups of a file system that layers, lowest first, make: `/etc/passwd` and `/etc/group`. A file that
    /// is not there has nobody in it.
    public func accounts(of layers: [BuiltLayer]) throws(EngineError) -> AccountTable {
        let view = try LayerView(layers.reversed().map(\.directory), in: layersDirectory)
        let passwd = try view.read("/etc/passwd", limit: 1 << 20)
        let group = try view.read("/etc/group", limit: 1 << 20)
        return AccountTable(passwd: passwd ?? [], group: group ?? [])
    }
}
