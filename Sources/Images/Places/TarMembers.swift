import Engine
import Glibc
import LinuxSystem

/// Where the files of a plain tar archive are: POSIX ustar and pax (pax(1)), and GNU's long names. Nothing but image
/// archives is read this way, which hold regular files and links.
enum TarMembers {
    struct Content: Sendable {
        var offset: Int64
        var size: Int64
    }

    enum Member: Sendable {
        case file(Content)
        case link(String)
    }

    private static let block: Int64 = 512
    private static let longest: Int64 = 1 << 20

    static func read(
        _ file: borrowing OwnedDescriptor, subject: String, limits: ArchiveLimits
    ) throws(EngineError) -> [String: Member] {
        var members: [String: Member] = [:]
        var position: Int64 = 0
        var extra = Extra()
        var count = 0
        while let header = try header(file, at: position, subject) {
            count += 1
            guard count <= limits.archiveEntries else {
                throw EngineError(
                    .invalidArgument, "\(subject) is refused: it holds more than \(limits.archiveEntries) entries")
            }
            let size = extra.size ?? header.size
            let content = Content(offset: position + block, size: size)
            guard size >= 0, size <= limits.archiveBytes else { throw damaged(subject) }
            position = content.offset + (size + block - 1) / block * block
            switch header.type {
            case UInt8(ascii: "x"), UInt8(ascii: "L"), UInt8(ascii: "K"):
                guard size <= longest else { throw damaged(subject) }
                let bytes = try bytes(of: content, in: file, subject)
                try extra.take(bytes, type: header.type, subject)
                continue
            case UInt8(ascii: "g"): continue
            case UInt8(ascii: "0"), 0, UInt8(ascii: "7"):
                members[normal(extra.path ?? header.path)] = .file(content)
            case UInt8(ascii: "1"):
                position = content.offset
                members[normal(extra.path ?? header.path)] = .link(normal(extra.target ?? header.target))
            case UInt8(ascii: "2"):
                position = content.offset
                let name = normal(extra.path ?? header.path)
                members[name] = .link(join(name, extra.target ?? header.target))
            default: break
            }
            extra = Extra()
        }
        return members
    }

    /// A name without `./`, `//` and `..`.
    static func normal(_ name: String) -> String { join("", name) }

    /// Where a symbolic link points, by its text alone.
    private static func join(_ name: String, _ target: String) -> String {
        var parts = target.hasPrefix("/") ? [] : name.split(separator: "/").dropLast().map(String.init)
        for part in target.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
        }
        return parts.joined(separator: "/")
    }

    // MARK: - Headers

    private struct Header {
        var path: String
        var size: Int64
        var type: UInt8
        var target: String
    }

    /// What comes before a header for it.
    private struct Extra {
        var path: String?
        var target: String?
        var size: Int64?

        mutating func take(_ bytes: [UInt8], type: UInt8, _ subject: String) throws(EngineError) {
            switch type {
            case UInt8(ascii: "L"): path = text(bytes[...])
            case UInt8(ascii: "K"): target = text(bytes[...])
            default: try takeRecords(bytes, subject)
            }
        }

        /// `LENGTH KEY=VALUE\n`, the length counting itself.
        private mutating func takeRecords(_ bytes: [UInt8], _ subject: String) throws(EngineError) {
            var rest = bytes[...]
            while let space = rest.firstIndex(of: 0x20) {
                guard let length = Int(String(decoding: rest[..<space], as: UTF8.self)), length > 0,
                    length <= rest.count, rest.startIndex + length > space + 1
                else { throw damaged(subject) }
                let record = rest[(space + 1)..<(rest.startIndex + length - 1)]
                rest = rest.dropFirst(length)
                guard let equals = record.firstIndex(of: 0x3D) else { throw damaged(subject) }
                let value = text(record[(equals + 1)...])
                switch String(decoding: record[..<equals], as: UTF8.self) {
                case "path": path = value
                case "linkpath": target = value
                case "size":
                    guard let number = Int64(value) else { throw damaged(subject) }
                    size = number
                default: continue
                }
            }
        }
    }

    private static func header(
        _ file: borrowing OwnedDescriptor, at position: Int64, _ subject: String
    ) throws(EngineError) -> Header? {
        let bytes = try inWords("cannot read \(subject)") { () throws(SystemError) in
            try file.readPiece(at: position, upTo: Int(block))
        }
        // Two blocks of zeros end it; an archive that is cut at a block's end has ended as well.
        if bytes.isEmpty || (bytes.count == Int(block) && bytes.allSatisfy { $0 == 0 }) { return nil }
        guard bytes.count == Int(block), isSound(bytes), let size = number(bytes[124..<136]) else {
            throw damaged(subject)
        }
        var path = text(bytes[0..<100])
        let prefix = text(bytes[345..<500])
        if bytes[257..<263].elementsEqual(Array("ustar\0".utf8)), !prefix.isEmpty { path = prefix + "/" + path }
        return Header(path: path, size: size, type: bytes[156], target: text(bytes[157..<257]))
    }

    /// The sum of all bytes, those of the sum itself as spaces.
    private static func isSound(_ bytes: [UInt8]) -> Bool {
        let sum = bytes.enumerated().reduce(0) { $0 + ((148..<156).contains($1.offset) ? 32 : Int64($1.element)) }
        return number(bytes[148..<156]) == sum
    }

    /// Octal, or GNU's binary form with the highest bit set.
    private static func number(_ field: ArraySlice<UInt8>) -> Int64? {
        if let first = field.first, first & 0x80 != 0 {
            var value = Int64(first & 0x7F)
            for byte in field.dropFirst() {
                let (shifted, overflow) = value.multipliedReportingOverflow(by: 256)
                guard !overflow else { return nil }
                value = shifted + Int64(byte)
            }
            return value
        }
        let digits = field.filter { $0 != 0x20 && $0 != 0 }
        if digits.isEmpty { return 0 }
        return Int64(String(decoding: digits, as: UTF8.self), radix: 8)
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String {
        String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
    }

    private static func bytes(
        of content: Content, in file: borrowing OwnedDescriptor, _ subject: String
    ) throws(EngineError) -> [UInt8] {
        let bytes = try inWords("cannot read \(subject)") { () throws(SystemError) in
            try file.readPiece(at: content.offset, upTo: Int(content.size))
        }
        guard bytes.count == Int(content.size) else { throw damaged(subject) }
        return bytes
    }

    private static func damaged(_ subject: String) -> EngineError {
        EngineError(.corrupted, "\(subject) is not a tar archive, or damaged")
    }
}
