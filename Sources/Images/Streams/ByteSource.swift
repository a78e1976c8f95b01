import Engine

/// Bytes that are pulled, a piece at a time.
protocol ByteSource: AnyObject {
    /// The next bytes, empty at the end; valid until the next call.
    func next() throws(EngineError) -> UnsafeRawBufferPointer
}
