import Engine
import Synchronization

/// Gathers a transfer's events from any thread; whoever draws takes the newest picture of them. Nobody waits for anybody.
final class TransferFeed: Sendable {
    private struct Content {
        var report = TransferReport()
        var places: [String: Int] = [:]
        var isChanged = false
        /// Bytes moved, and when, of the last seconds.
        var samples: [(moment: ContinuousClock.Instant, bytes: Int64)] = []
    }

    private static let window = Duration.seconds(3)
    private let content = Mutex(Content())

    func take(_ event: TransferEvent, at moment: ContinuousClock.Instant = .now) {
        content.withLock { content in
            content.isChanged = true
            switch event {
            case .began(let reference):
                content.report.reference = reference
                content.report.blobs = []
                content.places = [:]
                content.samples = []
            case .manifest(_, let blobs):
                content.report.blobs = Array(blobs.prefix(TransferReport.blobLimit))
                content.places = Dictionary(
                    content.report.blobs.enumerated().map { ($1.digest, $0) }, uniquingKeysWith: { first, _ in first })
                content.samples = [(moment, Self.moved(content.report))]
            case .blob(let blob): Self.put(blob, &content)
            case .notice(let text):
                content.report.notices = (content.report.notices + [text]).suffix(TransferReport.noticeLimit)
            }
        }
    }

    private static func put(_ blob: BlobProgress, _ content: inout Content) {
        if let place = content.places[blob.digest] {
            content.report.blobs[place] = blob
        } else if content.report.blobs.count < TransferReport.blobLimit {
            content.places[blob.digest] = content.report.blobs.count
            content.report.blobs.append(blob)
        }
    }

    private static func moved(_ report: TransferReport) -> Int64 {
        report.blobs.reduce(0) { $0.addingReportingOverflow($1.movedBytes).partialValue }
    }

    /// The picture now; `nil` when it is the same as last time.
    func next(at moment: ContinuousClock.Instant = .now) -> TransferReport? {
        content.withLock { content in
            let before = content.report.rate
            content.samples.append((moment, Self.moved(content.report)))
            // One sample from before the window is kept: the rate is measured from it.
            while content.samples.count > 2, content.samples[1].moment.duration(to: moment) >= Self.window {
                content.samples.removeFirst()
            }
            content.report.rate = Self.rate(content.samples)
            guard content.isChanged || content.report.rate != before else { return nil }
            content.isChanged = false
            return content.report
        }
    }

    private static func rate(_ samples: [(moment: ContinuousClock.Instant, bytes: Int64)]) -> Double {
        guard let first = samples.first, let last = samples.last else { return 0 }
        let seconds = first.moment.duration(to: last.moment) / .seconds(1)
        guard seconds > 0.05 else { return 0 }
        return max(0, Double(last.bytes.subtractingReportingOverflow(first.bytes).partialValue) / seconds)
    }
}
