import Engine
import Terminal

/// What the file browser knows.
struct BrowserState: PaneState {
    var container: ContainerID?
    var name = ""
    var path = ContainerPath.root
    var list = FileList()
    var isLoaded = false
    var isReading = false
    var failure: EngineError?
    var viewer: FileViewer?
    /// What is being copied, of whatever container.
    var copying: FileCopy?

    init() {}
}

/// The files of a container, running or not.
enum BrowserPane {
    static func draw(_ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look) {
        let own = state[BrowserPane.self]
        if let viewer = own.viewer { return draw(viewer, own, state, in: rect, &frame, look) }
        var trailing = copyingSpans(own, state, look)
        if own.isReading { trailing.append(Span("\(words("reading")) ", look[.info])) }
        if own.isLoaded {
            let count = own.list.rows.count
            let cut = own.list.isCut ? " \(words("and more"))" : ""
            trailing.append(
                Span(words("\(Format.count(count, "name"))\(cut), by \(own.list.order.rawValue)"), look[.muted]))
        }
        let inside = frame.pane(
            rect,
            title: [
                Span("\(words("Files")) ", look[.title]), Span(own.name, look[.secondary]),
                Span(":\(SafeText.string(own.path.bytes))", look[.text]),
            ], trailing: trailing, isFocused: state.focus == pane, look: look)
        guard !own.list.rows.isEmpty else {
            return frame.emptiness(emptyWords(own), in: inside, seed: 10, now: state.now, look: look)
        }
        RowList(
            pane: pane, count: own.list.rows.count, index: own.list.index, scroll: own.list.scroll,
            isFocused: state.focus == pane
        ).draw(in: inside, &frame, look) { place, width in line(own.list.rows[place], width, state, look) }
    }

    private static func emptyWords(_ own: BrowserState) -> [String] {
        if let failure = own.failure { return ["\(failure)", words("r tries again, Esc goes back")] }
        if own.container == nil { return [words("no container is selected"), words("2 shows them, f their files")] }
        if !own.isLoaded { return [words("reading")] }
        if own.list.files.isEmpty {
            return [words("an empty directory"), words("M makes a directory, u brings a file in")]
        }
        return [words("no name fits"), words("Esc takes the filter back, . shows hidden names")]
    }

    private static func line(_ file: BrowsedFile, _ width: Int, _ state: DashboardState, _ look: Look) -> [Span] {
        var spans: [Span] = []
        if width >= 56 { spans.append(Span(file.modeText + " ", look[.faint])) }
        if width >= 70 { spans.append(Span(RowList.cell("\(file.uid):\(file.gid)", 11) + " ", look[.faint])) }
        let size = file.kind == .regular ? Format.decimalBytes(Double(file.size)) : ""
        spans.append(Span(RowList.cell(size, 7, trailing: true) + " ", look[.muted]))
        if width >= 84 {
            let day = String(file.modifiedAt.rfc3339.prefix(10))
            let clock = String(Format.clock(file.modifiedAt, offset: state.utcOffset).prefix(5))
            spans.append(Span("\(day) \(clock) ", look[.timestamp]))
        }
        let style: Style
        switch file.kind {
        case .directory: style = look[.secondary]
        case .symbolicLink: style = look[file.link?.kind == nil ? .error : .tertiary]
        case .regular: style = look[file.mode & 0o111 != 0 ? .ok : .text]
        default: style = look[.warning]
        }
        spans.append(Span(file.shownName, style))
        if file.kind == .directory { spans.append(Span("/", look[.faint])) }
        if let link = file.link {
            spans.append(Span(look.glyphs.isASCII ? " -> " : " → ", look[.faint]))
            spans.append(Span(SafeText.string(link.target), look[link.kind == nil ? .error : .muted]))
        }
        return spans
    }

    private static func draw(
        _ viewer: FileViewer, _ own: BrowserState, _ state: DashboardState, in rect: Rect, _ frame: inout Frame,
        _ look: Look
    ) {
        var trailing = copyingSpans(own, state, look)
        if viewer.isSearching {
            let share = viewer.size > 0 ? " \(Format.percent(Double(viewer.searched) / Double(viewer.size) * 100))" : ""
            trailing.append(Span("\(words("searching\(share)")) ", look[.info]))
        }
        if viewer.isLoaded {
            let way = viewer.isHex ? words("bytes") : viewer.wraps ? words("text, wrapped") : words("text")
            trailing.append(
                Span(
                    "\(way)  \(Format.decimalBytes(Double(viewer.size)))  \(viewer.percent(height: rect.height - 2))%",
                    look[.muted]))
        }
        let inside = frame.pane(
            rect,
            title: [
                Span("\(words("File")) ", look[.title]), Span(own.name, look[.secondary]),
                Span(":\(SafeText.string(viewer.path.bytes))", look[.text]),
            ], trailing: trailing, isFocused: state.focus == pane, look: look)
        if let failure = viewer.failure {
            frame.emptiness(["\(failure)", words("Esc goes back")], in: inside, seed: 11, now: state.now, look: look)
        } else if !viewer.isLoaded {
            frame.emptiness([words("reading")], in: inside, seed: 11, now: state.now, look: look)
        } else if viewer.size == 0 {
            frame.emptiness(
                [words("an empty file"), words("e edits it")], in: inside, seed: 11, now: state.now, look: look)
        } else {
            viewer.draw(in: inside, &frame, look)
        }
    }
}
