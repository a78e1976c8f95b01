import Engine
import Terminal

/// Numbers and names of a build's progress, as BuildKit writes them.
enum StepWords {
    /// Seconds with one decimal: `12.3s`.
    static func seconds(_ nanoseconds: Int64) -> String {
        // Tenths, rounded down: a clock that shows what has not passed yet would seem to go back.
        let tenths = max(0, nanoseconds) / 100_000_000
        return "\(tenths / 10).\(tenths % 10)s"
    }

    /// Seconds in five characters, before a line of output: `0.312`, `12.34`, `123.4`.
    static func stamp(_ nanoseconds: Int64) -> String {
        let milliseconds = max(0, nanoseconds) / 1_000_000
        let fraction = String(milliseconds % 1000)
        let text = "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
        let cut = text.prefix(max(5, String(milliseconds / 1000).count))
        return String(cut.last == "." ? cut.dropLast() : cut)
    }

    /// `3.2MB / 9.8MB`, what of it there is.
    static func amount(_ blob: BlobProgress) -> String {
        let done = HumanSize.decimal(UInt64(max(0, min(blob.done, blob.size > 0 ? blob.size : blob.done))))
        return blob.size > 0 ? "\(done) / \(HumanSize.decimal(UInt64(blob.size)))" : done
    }

    /// The step's name on one line, harmless.
    static func name(_ step: BuildStep) -> String {
        SafeText.string(step.name.split(whereSeparator: \.isNewline).joined(separator: " "))
    }

    /// What is said of a blob beside its digest.
    static func words(_ blob: BlobProgress) -> String {
        switch blob.phase {
        case .waiting: "waiting"
        case .awaitingOther: "waiting for another pull of it"
        case .downloading, .uploading: amount(blob)
        case .extracting: "extracting"
        case .retrying(let reason): "retrying: \(reason)"
        case .exists: "exists"
        case .mounted(let source): "mounted from \(source)"
        case .done: "done"
        }
    }
}
