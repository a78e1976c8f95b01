import Engine

extension ImageStore {
    /// Reads a small file (1 MiB at most) as a container of `image` would see it: whiteouts are honoured, symbolic
    /// links resolved within the root. `nil` when there is no regular file at `path`.
    public func readFile(_ path: String, inLayersOf image: ResolvedImage) throws(EngineError) -> [UInt8]? {
        try LayerView(image).read(path, limit: 1 << 20)
    }
}
