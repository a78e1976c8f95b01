/// Finds a text that every match of a regular expression has in it: looking for it first is much faster.
///
/// It reads only what is plainly literal. Whatever it is not sure of breaks the text off, and a pattern with choices or
/// changing options has none.
enum RequiredText {
    private static let special = Set("\\^$.|?*+()[]{}#".utf8)

    /// The longest such text of at least two characters.
    static func longest(in pattern: String) -> String? {
        let bytes = Array(pattern.utf8)
        var best: [UInt8] = []
        var run: [UInt8] = []
        var index = 0
        func finish() {
            if run.count > best.count { best = run }
            run = []
        }
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "|"): return nil
            case UInt8(ascii: "("):
                guard let end = group(bytes, from: index) else { return nil }
                finish()
                index = end
            case UInt8(ascii: "["):
                guard let end = bracket(bytes, from: index) else { return nil }
                finish()
                index = end
            case UInt8(ascii: "?"), UInt8(ascii: "*"), UInt8(ascii: "{"):
                // The character before it may be missing; of one beyond ASCII, all of its bytes.
                while let last = run.last, last & 0xc0 == 0x80 { run.removeLast() }
                if !run.isEmpty { run.removeLast() }
                finish()
                if byte == UInt8(ascii: "{") {
                    guard let end = bytes[index...].firstIndex(of: UInt8(ascii: "}")) else { return nil }
                    index = end
                }
                index += 1
            case UInt8(ascii: "\\"):
                guard index + 1 < bytes.count else { return nil }
                let next = bytes[index + 1]
                if special.contains(next) || "-/=:,;<>@%&~!\"' ".utf8.contains(next) {
                    run.append(next)
                } else if "bBdDwWsSnrtv".utf8.contains(next) {
                    finish()
                } else {
                    return nil
                }
                index += 2
            case UInt8(ascii: "^"), UInt8(ascii: "$"), UInt8(ascii: "."), UInt8(ascii: "+"):
                finish()
                index += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "#"): return nil
            default:
                run.append(byte)
                index += 1
            }
        }
        finish()
        return best.count > 1 ? String(validating: best, as: UTF8.self) : nil
    }

    /// Behind a group; `nil` for one that changes what the rest of the pattern means.
    private static func group(_ bytes: [UInt8], from start: Int) -> Int? {
        if start + 1 < bytes.count, bytes[start + 1] == UInt8(ascii: "*") { return nil }
        if start + 2 < bytes.count, bytes[start + 1] == UInt8(ascii: "?") {
            guard bytes[start + 2] == UInt8(ascii: ":") else { return nil }
        }
        var depth = 0
        var index = start
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\\"): index += 1
            case UInt8(ascii: "["):
                guard let end = bracket(bytes, from: index) else { return nil }
                index = end - 1
            case UInt8(ascii: "("):
                depth += 1
                // Options, comments and verbs deep inside: not read.
                if index > start, index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "?"),
                    index + 2 >= bytes.count || bytes[index + 2] != UInt8(ascii: ":")
                {
                    return nil
                }
            case UInt8(ascii: ")"):
                depth -= 1
                if depth == 0 { return index + 1 }
            default: break
            }
            index += 1
        }
        return nil
    }

    /// Behind a bracket.
    private static func bracket(_ bytes: [UInt8], from start: Int) -> Int? {
        var index = start + 1
        if index < bytes.count, bytes[index] == UInt8(ascii: "^") { index += 1 }
        if index < bytes.count, bytes[index] == UInt8(ascii: "]") { index += 1 }
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\\"): index += 2
            case UInt8(ascii: "["):
                // A class by name.
                guard index + 1 < bytes.count, ":.=".utf8.contains(bytes[index + 1]) else {
                    index += 1
                    continue
                }
                guard let end = bytes[(index + 2)...].firstIndex(of: UInt8(ascii: "]")) else { return nil }
                index = end + 1
            case UInt8(ascii: "]"): return index + 1
            default: index += 1
            }
        }
        return nil
    }
}
