import CArchive
import Engine
import Glibc

/// What making a layer asks for beyond archiving a tree.
struct LayerRules {
    /// Seconds since 1970 that stand for every newer time.
    var epoch: Int64?

    private static let whiteout = Array(".wh.".utf8)

    /// A name that begins like a whiteout would remove another one wherever the layer is unpacked.
    func check(_ name: [UInt8], _ path: [UInt8]) throws(EngineError) {
        guard name.starts(with: Self.whiteout) else { return }
        throw EngineError(
            .unsupported,
            "cannot make a layer: \"/\(printable(path))\" cannot be in one: names that begin with .wh. mark removed files"
        )
    }

    /// Layers tell whole seconds, as docker's do. Answers whether the file itself is to get the time.
    func clamp(_ facts: inout stat) -> Bool {
        let isNewer = epoch.map {
            facts.st_mtim.tv_sec > $0 || (facts.st_mtim.tv_sec == $0 && facts.st_mtim.tv_nsec > 0)
        }
        if let epoch, isNewer == true { facts.st_mtim.tv_sec = Int(epoch) }
        facts.st_mtim.tv_nsec = 0
        return isNewer == true
    }

    /// Whether overlayfs's mark says that something stands elsewhere under another name, or that the content is below.
    static func hidesContent(_ mark: String) -> Bool {
        mark.hasSuffix(".overlay.redirect") || mark.hasSuffix(".overlay.metacopy")
    }
}
