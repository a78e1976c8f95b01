import Engine

/// Words of images as lines show them.
enum ExploringText {
    /// Text of an image on one line: tabs and line ends, which would break a table, become spaces.
    static func line(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return text }
        var spaced = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { spaced.append(["\t", "\n", "\r"].contains(scalar) ? " " : scalar) }
        return GoText.harmless(String(spaced))
    }

    /// Bytes as docker tells them.
    static func size(_ bytes: Int64) -> String { HumanSize.decimal(UInt64(max(0, bytes))) }

    /// The first twelve digits of a digest.
    static func short(_ digest: String) -> String { ImageID(rawValue: digest).short }

    /// Kind and permissions as ls(1) shows them: `-rwsr-xr-x`.
    static func mode(_ file: LayerFile) -> String {
        let kinds: [LayerFile.Kind: Character] = [
            .directory: "d", .symbolicLink: "l", .characterDevice: "c", .blockDevice: "b", .fifo: "p", .socket: "s",
        ]
        var text = String(kinds[file.kind] ?? "-")
        for (shift, special, letter) in [(6, 0o4000, "s"), (3, 0o2000, "s"), (0, 0o1000, "t")] as [(UInt16, UInt16, _)]
        {
            let bits = file.mode >> shift & 7
            text += bits & 4 != 0 ? "r" : "-"
            text += bits & 2 != 0 ? "w" : "-"
            switch (file.mode & special != 0, bits & 1 != 0) {
            case (true, true): text += letter
            case (true, false): text += letter.uppercased()
            case (false, let isExecutable): text += isExecutable ? "x" : "-"
            }
        }
        return text
    }

    /// Docker's mark for a change (`diff`): A added, C changed, D deleted; nothing for a directory on the way.
    static func mark(_ change: LayerFile.Change) -> String {
        switch change {
        case .added: "A"
        case .modified: "C"
        case .removed: "D"
        case .unchanged: ""
        }
    }

    /// A name as it stands at the end of a line: what is in it made harmless, and where a link leads.
    static func name(_ name: String, of file: LayerFile) -> String {
        let target = file.target.map { " -> " + line($0) } ?? ""
        return line(name) + target
    }
}
