import Engine

/// How far a copy between a container and this machine has come.
public struct FileCopyProgress: Sendable, Hashable {
    /// Bytes that are where they go, and bytes in all.
    public var done: Int64, total: Int64

    /// So many of so many.
    public init(done: Int64, total: Int64) {
        self.done = done
        self.total = total
    }

    /// `42 %, 1.2GB of 3GB`; empty while nothing is known.
    var text: String {
        guard total > 0 else { return "" }
        let done = min(max(0, done), total)
        return "\(Format.percent(Double(done) / Double(total) * 100)), \(Format.decimalBytes(Double(done))) of "
            + Format.decimalBytes(Double(total))
    }
}

/// A copy that the file browser has under way.
struct FileCopy: Sendable, Hashable {
    var errand: ChangeFiles
    /// What is copied, as a person calls it.
    var name: String
    /// As the list of what was done has it.
    var deed: Deed
    var progress: FileCopyProgress?
}

extension ChangeFiles {
    /// What a copy is called in the list of what was done, also one that changes nothing in the container; `nil` for what is
    /// no copy.
    var copyDeed: Deed? {
        switch change {
        case .upload: return deed
        case .download(let path, let directory):
            let place = "\(container.short):\(printable(path.text))"
            return Deed(verb: "download", target: place, command: "spyhop cp \(place) \(printable(directory))")
        case .remove, .makeDirectory, .rename: return nil
        }
    }

    static let copyPlace = "copy"
}
