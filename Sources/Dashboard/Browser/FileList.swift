import Engine
import Terminal

/// A directory of a container on the screen.
struct FileList: Sendable {
    enum Order: String, Sendable, Hashable, CaseIterable {
        case name, size, time

        var next: Order {
            switch self {
            case .name: .size
            case .size: .time
            case .time: .name
            }
        }
    }

    private(set) var files: [BrowsedFile] = []
    /// What the filter leaves, in order; directories first.
    private(set) var rows: [BrowsedFile] = []
    private(set) var isCut = false
    private(set) var order = Order.name
    private(set) var filter = ""
    private(set) var showsHidden = true
    private(set) var index = 0
    var scroll = 0

    var selected: BrowsedFile? { rows.indices.contains(index) ? rows[index] : nil }

    /// - Parameter name: what is to be chosen, where it is there.
    mutating func take(_ content: DirectoryContent, choosing name: [UInt8]?) {
        files = content.files
        isCut = content.isCut
        arrange(choosing: name)
    }

    mutating func setFilter(_ text: String) {
        filter = text
        arrange(choosing: selected?.name)
    }

    mutating func stepOrder() {
        order = order.next
        arrange(choosing: selected?.name)
    }

    mutating func toggleHidden() {
        showsHidden.toggle()
        arrange(choosing: selected?.name)
    }

    private mutating func arrange(choosing name: [UInt8]?) {
        let words = filter.lowercased()
        let order = order
        rows = files.filter { file in
            (showsHidden || file.name.first != 0x2E)
                && (words.isEmpty || String(decoding: file.name, as: UTF8.self).lowercased().contains(words))
        }.sorted { one, other in
            if one.leadsToDirectory != other.leadsToDirectory { return one.leadsToDirectory }
            switch order {
            case .size where one.size != other.size: return one.size > other.size
            case .time where one.modifiedAt != other.modifiedAt: return one.modifiedAt > other.modifiedAt
            default: return one.name.lexicographicallyPrecedes(other.name)
            }
        }
        if let name, let place = rows.firstIndex(where: { $0.name == name }) { index = place }
        select(index)
    }

    mutating func select(_ wanted: Int) { index = min(max(0, wanted), max(0, rows.count - 1)) }

    mutating func move(_ step: Int) {
        select(ScrollMath.moved(index, by: step))
    }

    mutating func keepVisible(_ height: Int) {
        scroll = ScrollMath.keeping(index, in: height, of: rows.count, scroll: scroll)
    }
}

extension BrowsedFile {
    /// Its name as it can be shown.
    var shownName: String { SafeText.string(name) }

    /// As `ls -l` has it: `drwxr-xr-x`.
    var modeText: String {
        let kinds: [Kind: Character] = [
            .regular: "-", .directory: "d", .symbolicLink: "l", .characterDevice: "c", .blockDevice: "b", .fifo: "p",
            .socket: "s", .unknown: "?",
        ]
        var text = String(kinds[kind] ?? "?")
        for shift in [6, 3, 0] {
            let bits = mode >> UInt32(shift)
            let special = mode & [6: 0o4000, 3: 0o2000, 0: 0o1000][shift, default: 0] != 0
            text += bits & 4 != 0 ? "r" : "-"
            text += bits & 2 != 0 ? "w" : "-"
            switch (special, bits & 1 != 0) {
            case (false, let runs): text += runs ? "x" : "-"
            case (true, true): text += shift == 0 ? "t" : "s"
            case (true, false): text += shift == 0 ? "T" : "S"
            }
        }
        return text
    }
}
