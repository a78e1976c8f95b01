import Engine

/// How far a transfer has come: the newest of everything, never a queue.
struct TransferReport: Sendable, Hashable {
    /// Everything spelled out, once it is known.
    var reference: String?
    /// In the order of the layers.
    var blobs: [BlobProgress] = []
    /// The last things that a person should know.
    var notices: [String] = []
    /// Bytes a second of late.
    var rate = 0.0

    /// More layers than any image has; a manifest from outside may claim any number.
    static let blobLimit = 512
    static let noticeLimit = 4

    /// Bytes that are where they go, and bytes in all.
    var bytes: (done: Int64, total: Int64) {
        blobs.reduce((0, 0)) { sum, blob in
            let size = max(0, blob.size)
            return (
                sum.0.addingReportingOverflow(blob.shownDone).partialValue,
                sum.1.addingReportingOverflow(size).partialValue
            )
        }
    }

    /// 0 to 1; `nil` before anything is known.
    var fraction: Double? {
        let (done, total) = bytes
        return total > 0 ? min(1, Double(done) / Double(total)) : nil
    }
}

extension BlobProgress {
    /// Bytes that count as done: all of what need not move.
    var shownDone: Int64 {
        switch phase {
        case .exists, .mounted, .done, .extracting: max(0, size)
        case .waiting, .awaitingOther, .downloading, .uploading, .retrying: min(max(0, done), max(0, size))
        }
    }

    /// Bytes that have really moved.
    var movedBytes: Int64 {
        switch phase {
        case .exists, .mounted: 0
        default: shownDone
        }
    }

    /// Where it stands, in a word or a few.
    var word: String {
        switch phase {
        case .waiting: words("waiting")
        case .awaitingOther: words("fetched by another")
        case .downloading: words("downloading")
        case .extracting: words("extracting")
        case .uploading: words("uploading")
        case .retrying(let reason): words("tries again: \(reason)")
        case .exists: words("already there")
        case .mounted(let other): words("taken from \(other)")
        case .done: words("done")
        }
    }
}
