import Engine

/// A file of an image as JSON.
enum FileObject {
    /// Its members; `size` stands in for the file's own.
    static func value(_ file: LayerFile, size: Int64? = nil) -> JSONValue {
        [
            "Path": .string("/" + file.path),
            "Change": .string(file.change.rawValue),
            "Kind": .string(file.kind.rawValue),
            "Size": .integer(size ?? file.size),
            "Mode": .string("0" + String(file.mode, radix: 8)),
            "Uid": .integer(Int64(file.uid)),
            "Gid": .integer(Int64(file.gid)),
            "Target": file.target.map { .string($0) } ?? nil,
        ]
    }
}
