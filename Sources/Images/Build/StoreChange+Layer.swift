import Engine
import OCI

extension StoreChange {
    /// A layer that is here, unpacked, with the blob that it came in; `nil` when one of them is not.
    /// - Throws: `.system`.
    public func layer(_ diffID: Digest, blob: Descriptor) throws(EngineError) -> BuiltLayer? {
        guard let digest = Digest(blob.digest), hasBlob(digest), let found = try store.findLayer(diffID) else {
            return nil
        }
        return BuiltLayer(diffID: diffID, descriptor: blob, directory: found.name, size: found.record.size)
    }
}
