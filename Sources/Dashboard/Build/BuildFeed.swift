import Engine
import Synchronization

/// Gathers a build's events from any thread; whoever draws takes the newest picture of them. Nobody waits for anybody.
///
/// Output stays here, bounded, and only that of the watched step is handed out: what nobody sees costs no frame.
final class BuildFeed: Sendable {
    private struct Content {
        var report = BuildReport()
        var places: [Int: Int] = [:]
        var outputs: [Int: StepOutput] = [:]
        var outputBytes = 0
        var transfers: [Int: TransferFeed] = [:]
        /// The step whose output is on the screen.
        var watched: Int?
        /// The build is on the screen, and how far its transfers have come.
        var isSeen = false
        var isChanged = false
    }

    /// Of all steps together.
    static let outputLimit = 8 << 20
    private let content = Mutex(Content())

    func take(_ event: BuildEvent) {
        content.withLock { content in
            switch event {
            case .planned(let steps):
                content.report.steps = Array(steps.prefix(BuildReport.stepLimit))
                content.places = Dictionary(
                    content.report.steps.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
                content.isChanged = true
            case .step(let step): Self.put(step, &content)
            case .output(let step, let stream, let bytes): Self.write(bytes, stream, step, &content)
            case .transfer(let step, let event):
                if content.transfers[step] == nil, content.transfers.count < BuildReport.transferLimit {
                    content.transfers[step] = TransferFeed()
                }
                content.transfers[step]?.take(event)
            case .warning(let warning):
                guard content.report.warnings.count < BuildReport.warningLimit else { return }
                content.report.warnings.append(warning)
                content.isChanged = true
            case .notice(let text):
                content.report.notices = (content.report.notices + [text]).suffix(BuildReport.noticeLimit)
                content.isChanged = true
            }
        }
    }

    private static func put(_ step: BuildStep, _ content: inout Content) {
        if let place = content.places[step.id] {
            content.report.steps[place] = step
        } else if content.report.steps.count < BuildReport.stepLimit {
            content.places[step.id] = content.report.steps.count
            content.report.steps.append(step)
        }
        content.isChanged = true
    }

    private static func write(
        _ bytes: [UInt8], _ stream: LogLine.Stream, _ step: Int, _ content: inout Content
    ) {
        guard content.outputs[step] != nil || content.outputs.count < BuildReport.stepLimit else { return }
        let before = content.outputs[step]?.byteCount ?? 0
        content.outputs[step, default: StepOutput()].append(bytes, stream)
        content.outputBytes += (content.outputs[step]?.byteCount ?? 0) - before
        while content.outputBytes > outputLimit,
            let largest = content.outputs.max(by: { $0.value.byteCount < $1.value.byteCount })
        {
            content.outputs[largest.key]?.halve()
            let freed = largest.value.byteCount - (content.outputs[largest.key]?.byteCount ?? 0)
            guard freed > 0 else { break }
            content.outputBytes -= freed
        }
        if content.watched == step { content.isChanged = true }
    }

    /// From now on the build is on the screen with this step's output, or (`isSeen` false) is not.
    func watch(_ step: Int?, isSeen: Bool) {
        content.withLock { content in
            content.watched = step
            content.isSeen = isSeen
            content.isChanged = true
        }
    }

    /// The picture now; `nil` when nothing that is seen has changed since the last one.
    func next() -> BuildReport? {
        content.withLock { content in
            if content.isSeen {
                for (step, feed) in content.transfers {
                    guard let report = feed.next() else { continue }
                    content.report.transfers[step] = report
                    content.isChanged = true
                }
            }
            guard content.isChanged else { return nil }
            content.isChanged = false
            content.report.number += 1
            var report = content.report
            if let step = content.watched { report.output = (step, content.outputs[step] ?? StepOutput()) }
            return report
        }
    }
}
