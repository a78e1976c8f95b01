import Engine
import OCI

/// What a step is made from, as one digest. Every piece has its length before it, so that no two lists of pieces look alike.
struct StepKey {
    private var bytes: [UInt8]

    /// - Parameter kind: the instruction; the format's version stands before it.
    init(_ kind: String) {
        bytes = []
        add("spyhop step 1")
        add(kind)
    }

    mutating func add(_ text: String) {
        let utf8 = Array(text.utf8)
        add(utf8)
    }

    mutating func add(_ piece: [UInt8]) {
        withUnsafeBytes(of: UInt64(piece.count).littleEndian) { bytes.append(contentsOf: $0) }
        bytes += piece
    }

    mutating func add(_ list: [String]) {
        add("\(list.count)")
        for text in list { add(text) }
    }

    /// Something that may be missing, which is not the same as empty.
    mutating func add(_ text: String?) {
        add(text == nil ? "-" : "+")
        if let text { add(text) }
    }

    mutating func add(_ digests: [Digest]) { add(digests.map(\.hex)) }

    /// The key.
    var digest: Digest { Digest(of: bytes) }
}
