import Engine

/// The files of one unpacked layer.
protocol LayerFiles {
    /// What is in a directory of the layer.
    /// - Parameter path: from the root, without `/` at either end; empty for the root. Each of its names is known to be a
    ///   directory in this layer.
    func list(_ path: [UInt8]) throws(EngineError) -> LayerListing
}

/// A directory of one layer.
struct LayerListing: Sendable, Hashable {
    /// In the order of names as bytes.
    var entries: [LayerEntry]
    /// Nothing of the layers below is seen in it.
    var isOpaque = false
}
