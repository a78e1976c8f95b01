import Engine
import Glibc
import LinuxSystem
import OCI

extension ImageStore {
    /// Unpacks a layer once more and puts it in the place of the one that is there, in one step. The blob is known to
    /// be right.
    ///
    /// - Throws: `.conflict` when a running container stands on it: its files would vanish beneath it.
    func unpackAgain(
        _ layer: LayerCheck, in change: StoreChange, runningImages: () throws -> Set<ImageID>
    ) throws {
        let lockPath = "\(stagingDirectory)/\(layer.diffID.hex).lock"
        let lock = try inWords("cannot lock the layer \(layer.diffID)") { () throws(SystemError) in
            try FileLock(lockPath)
        }
        defer { withExtendedLifetime(lock) {} }
        let directory = change.newPath()
        defer { try? Files.removeTree(directory) }
        let size = try unpack(
            layer.diffID, blob: blobPath(layer.digest), blobDigest: layer.digest, into: directory)
        try refuseWhenUsed(layer.diffID, runningImages())
        guard let name = layerName(layer.diffID) else {
            // Its record was damaged: to the store, it is not there.
            try forgetDamagedRecords(of: layer.diffID)
            _ = try putLayer(layer.diffID, unpackedIn: directory, size: size)
            return
        }
        let record = try JSON.encode(LayerRecord(diffID: layer.diffID.description, size: size))
        let place = "\(layersDirectory)/\(name)"
        try inWords("cannot put the layer \(layer.diffID) in place") { () throws(SystemError) in
            try Files.writeAtomically(record, to: place + ".json", durable: true)
            try Files.exchange(directory, with: place)
        }
    }

    private func layerName(_ diffID: Digest) -> String? { (try? findLayer(diffID)).flatMap { $0?.name } }

    private func forgetDamagedRecords(of diffID: Digest) throws(EngineError) {
        for name in layerNames(diffID) where (try? layerRecord(name)) == nil {
            try inWords("cannot clear the layer \(diffID)") { () throws(SystemError) in
                try Files.remove("\(layersDirectory)/\(name).json")
            }
        }
    }

    private func refuseWhenUsed(_ diffID: Digest, _ running: Set<ImageID>) throws(EngineError) {
        for image in running {
            guard let digest = Digest(image.rawValue) else { continue }
            let configuration = try? JSON.decode(
                ImageConfiguration.self, readDocument(digest, "configuration"), document: "")
            // An image whose configuration cannot be read may have any layer.
            guard configuration.map({ $0.rootfs.diffIDs.contains(diffID.description) }) ?? true else { continue }
            throw EngineError(
                .conflict, "a running container stands on the layer \(diffID)",
                hint: "stop the containers of image \(image.short), then repair again")
        }
    }
}
