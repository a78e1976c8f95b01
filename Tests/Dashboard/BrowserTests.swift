import Engine
import Terminal
import Testing

@testable import Dashboard

@Suite struct BrowserTests {
    private func browsing() -> DashboardState {
        var state = Scenery.state(view: .containers)
        state.list.select(Scenery.id(0))
        Scenery.settle(&state, state.update(.key(.character("f"))))
        return state
    }

    private func text(_ state: DashboardState) -> String {
        Frame.draw(state, look: Look(theme: .plain, glyphs: .unicode)).canvas.lines.joined(separator: "\n")
    }

    @Test func hostileNamesAreShownSafelyAndKeptAsTheyAre() throws {
        var state = browsing()
        #expect(!text(state).contains("\u{1b}"))
        let rows = state[BrowserPane.self].list.rows
        let place = try #require(rows.firstIndex { $0.name == [0xFF, 0xFE, 0x2E] })
        state[BrowserPane.self].list.select(place)
        let effects = state.update(.key(.enter))
        let path = try #require(ContainerPath.root.appending([0xFF, 0xFE, 0x2E]))
        #expect(
            effects.contains(
                .errand(
                    .browser,
                    ReadStretch(container: Scenery.id(0), path: path, range: 0..<Int64(FileViewer.stretch)))))
    }

    @Test func directoriesComeFirstAndLinksCountAsWhatTheyLeadTo() {
        let state = browsing()
        #expect(
            state[BrowserPane.self].list.rows.prefix(3).map { String(decoding: $0.name, as: UTF8.self) }
                == ["bin", "etc", "tmp"])
    }

    @Test func modesAreWrittenAsEverybodyKnowsThem() {
        let modes = Dictionary(
            Scenery.directory.files.map { (String(decoding: $0.name, as: UTF8.self), $0.modeText) },
            uniquingKeysWith: { first, _ in first })
        #expect(modes["tmp"] == "drwxrwxrwt")
        #expect(modes["init"] == "-rwsr-xr-x")
        #expect(modes["bin"] == "lrwxrwxrwx")
    }

    @Test func aFileIsEditedWithTheTerminalToItself() throws {
        var state = browsing()
        let place = try #require(state[BrowserPane.self].list.rows.firstIndex { $0.name == Array("init".utf8) })
        state[BrowserPane.self].list.select(place)
        let edit = FileEdit(container: Scenery.id(0), path: ContainerPath("/init"))
        #expect(
            state.update(.key(.character("e")))
                .contains(.terminal(PaneErrand(pane: .browser, errand: EditFile(edit: edit)))))
        _ = state.update(.answer(.browser, BrowserAnswer.edited(edit, .conflict(draft: "/tmp/x/init"))))
        let dialog = try #require(state.dialog)
        #expect(dialog.items[dialog.selected].choice == .cancel)
        #expect(dialog.text.contains { $0.contains("/tmp/x/init") })
        _ = state.update(.key(.right))
        #expect(
            state.update(.key(.enter)).contains(.errand(.browser, WriteDraft(edit: edit, draft: "/tmp/x/init"))))
    }

    @Test func nothingIsChangedWhereNothingMayBe() {
        var state = browsing()
        state.isReadOnly = true
        for key in "eMRdu" {
            let effects = state.update(.key(.character(key)))
            #expect(!effects.contains { if case .terminal = $0 { true } else { false } })
            #expect(state.dialog == nil && state.prompt == nil, "\(key)")
        }
    }

    @Test func removingAsksFirst() throws {
        var state = browsing()
        state[BrowserPane.self].list.select(1)
        _ = state.update(.key(.character("d")))
        let dialog = try #require(state.dialog)
        #expect(dialog.items[dialog.selected].choice == .cancel)
        _ = state.update(.key(.right))
        let wanted = ChangeFiles(container: Scenery.id(0), change: .remove(ContainerPath("/etc")))
        #expect(state.update(.key(.enter)).contains(.errand(.browser, wanted)))
    }

    // MARK: Copies

    /// Asks for a copy out, and answers the errand that is to do it.
    private func download(_ state: inout DashboardState) throws -> ChangeFiles {
        let place = try #require(state[BrowserPane.self].list.rows.firstIndex { $0.name == Array("init".utf8) })
        state[BrowserPane.self].list.select(place)
        _ = state.update(.key(.character("s")))
        let effects = state.update(.key(.enter))
        return try #require(
            effects.compactMap { effect -> ChangeFiles? in
                if case .errand(let errand) = effect { errand.errand as? ChangeFiles } else { nil }
            }.first)
    }

    @Test func aCopyShowsItsProgressAndIsNotedWhenItEnds() throws {
        var state = browsing()
        let errand = try download(&state)
        #expect(errand.slot != nil)
        #expect(state.activity.running.map(\.deed) == ["download"])
        let progress = FileCopyProgress(done: 420_000_000, total: 1_000_000_000)
        _ = state.update(.answer(.browser, BrowserAnswer.copying(errand, progress)))
        #expect(text(state).contains("copying init 42.0%, 420MB of 1.00GB, ^X stops"))
        #expect(state.activity.running.first?.outcomeText == "under way, 42.0%, 420MB of 1.00GB")
        // Another container's files are looked at meanwhile.
        _ = BrowserPane.show(Scenery.id(1), "other", at: .root, choosing: nil, &state)
        #expect(text(state).contains("copying init 42.0%"))
        _ = state.update(.answer(.browser, BrowserAnswer.copied(errand, .success("copied init"), choosing: nil)))
        #expect(!text(state).contains("^X stops"))
        #expect(state.activity.running.isEmpty && state.activity.entries.last?.outcome == .done)
        #expect(state.notice?.text == "copied init")
    }

    @Test func aCopyIsStoppedFromBothPlaces() throws {
        for isFromActivity in [false, true] {
            var state = browsing()
            let errand = try download(&state)
            if isFromActivity { _ = state.update(.key(.character("H"))) }
            let effects = state.update(.key(.control("x")))
            #expect(effects.contains(.endErrand(.browser, slot: "copy")))
            #expect(state[BrowserPane.self].copying == nil)
            #expect(state.activity.entries.last?.outcome == .failed("cancelled"))
            // What comes late changes nothing.
            _ = state.update(.answer(.browser, BrowserAnswer.copying(errand, FileCopyProgress(done: 1, total: 2))))
            #expect(state[BrowserPane.self].copying == nil)
        }
    }

    @Test func aSecondCopyWaitsForThePersonAndQuittingWarns() throws {
        var state = browsing()
        _ = try download(&state)
        _ = state.update(.key(.character("s")))
        #expect(state.update(.key(.enter)).isEmpty)
        #expect(state.notice?.text == "init is still being copied; ^X stops it")
        _ = state.update(.key(.character("q")))
        #expect(state.dialog?.text.contains { $0.contains("The copy of init is stopped") } == true)
    }

    @Test func aDownloadIsAllowedWhereNothingMayBeChanged() throws {
        var state = browsing()
        state.isReadOnly = true
        let errand = try download(&state)
        #expect(errand.deed == nil && state[BrowserPane.self].copying?.errand == errand)
    }

    // MARK: A file's text

    private func fileText(_ text: String, offset: Int = 0, count: Int = .max) -> FileText {
        let bytes = Array(text.utf8)
        return FileText(
            bytes: Array(bytes.dropFirst(offset).prefix(count)), offset: Int64(offset), size: Int64(bytes.count))
    }

    @Test func linesAreWrappedAndWalkedBothWays() {
        let file = fileText("short\n" + String(repeating: "abcdefghij", count: 3) + "\nlast")
        let rows = file.rows(from: .init(), count: 10, width: 12, wraps: true)
        #expect(rows.map(\.text) == ["short", "abcdefghijab", "cdefghijabcd", "efghij", "last"])
        for (index, row) in rows.enumerated() {
            let back = file.moved(row.anchor, by: -index, width: 12, wraps: true)
            #expect(back == rows[0].anchor)
            #expect(file.moved(rows[0].anchor, by: index, width: 12, wraps: true) == row.anchor)
        }
        #expect(file.rows(from: .init(), count: 10, width: 12, wraps: false).count == 3)
    }

    @Test func aLineWithoutAnEndIsBrokenAtTheSamePlacesFromEverywhere() {
        let text = String(repeating: "x", count: 100_000)
        let whole = fileText(text)
        let part = fileText(text, offset: 20_000, count: 60_000)
        #expect(whole.lineStart(at: 50_000) == 49_152)
        #expect(part.lineStart(at: 50_000) == 49_152)
        #expect(whole.nextLine(after: 49_152) == 65_536)
    }

    @Test func aLargeFileIsOpenedByItsEnds() {
        let size: Int64 = 500 << 20
        var viewer = FileViewer(ContainerPath("/big"))
        #expect(viewer.missing(height: 20, width: 80) == 0..<Int64(FileViewer.stretch))
        func stretch(_ range: Range<Int64>) -> FileStretch {
            let count = Int(min(range.upperBound, size) - range.lowerBound)
            let bytes = (0..<count).map { (range.lowerBound + Int64($0)) % 50 == 49 ? UInt8(0x0A) : 0x61 }
            return FileStretch(
                bytes: bytes, offset: range.lowerBound,
                version: FileVersion(size: size, modifiedAt: Scenery.now, changedAt: Scenery.now))
        }
        viewer.take(stretch(0..<Int64(FileViewer.stretch)), width: 80, height: 20)
        #expect(viewer.missing(height: 20, width: 80) == nil)
        viewer.toEnd(width: 80, height: 20)
        let end = viewer.missing(height: 20, width: 80)
        #expect(end.map { $0.upperBound >= size && $0.count == FileViewer.stretch } == true)
        if let end { viewer.take(stretch(end), width: 80, height: 20) }
        #expect(viewer.percent(height: 20) == 99)
        // Twenty lines of fifty bytes fill the screen.
        #expect(viewer.anchor.line >= size - 1100)
        viewer.move(-5, width: 80, height: 20)
        #expect(viewer.missing(height: 20, width: 80) == nil)
        viewer.toBeginning()
        #expect(viewer.missing(height: 20, width: 80)?.lowerBound == 0)
    }

    @Test func bytesAreShownAsHexadecimal() {
        let file = FileText(bytes: [0x7F, 0x45, 0x4C, 0x46, 0x00, 0xFF], offset: 0, size: 6)
        #expect(file.looksBinary)
        #expect(file.hexRow(at: 0).hasPrefix("00000000  7f 45 4c 46 00 ff "))
        #expect(file.hexRow(at: 0).hasSuffix(" .ELF.."))
        #expect(!FileText(bytes: Array("text\n".utf8), offset: 0, size: 5).looksBinary)
    }
}
