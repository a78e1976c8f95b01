import Engine
import Glibc

/// `--chmod`: octal, or as chmod(1) spells it.
struct FileMode: Sendable {
    private enum Change: Sendable {
        case octal(mode_t)
        case clauses([Clause])
    }

    /// One `u+rX`.
    fileprivate struct Clause: Sendable {
        /// The bits of those who are meant: `0o4700` for `u`.
        var who: mode_t
        var isAnybody: Bool
        var operation: Character
        var permissions: String
        /// `g=u`: the bits of these.
        var copied: Character?
    }

    private let change: Change

    /// - Throws: `.invalidArgument` for a text that is no mode.
    init(_ text: String) throws(EngineError) {
        if !text.isEmpty, text.allSatisfy({ ("0"..."7").contains($0) }), text.utf8.count <= 5,
            let mode = mode_t(text, radix: 8), mode <= 0o7777
        {
            change = .octal(mode)
            return
        }
        var clauses: [Clause] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let parsed = Self.clauses(part) else {
                throw EngineError(
                    .invalidArgument,
                    "invalid mode '\(printable(text))': it is to be octal, up to 07777, or as in chmod(1)"
                )
            }
            clauses += parsed
        }
        change = .clauses(clauses)
    }

    private static func clauses(_ part: Substring) -> [Clause]? {
        var rest = part
        var who: mode_t = 0
        while let first = rest.first, "ugoa".contains(first) {
            rest.removeFirst()
            who |= bits(of: first)
        }
        var clauses: [Clause] = []
        while let operation = rest.first, "+-=".contains(operation) {
            rest.removeFirst()
            let words = rest.prefix { !"+-=".contains($0) }
            rest = rest.dropFirst(words.count)
            var clause = Clause(
                who: who == 0 ? bits(of: "a") : who, isAnybody: who == 0, operation: operation,
                permissions: String(words), copied: nil)
            if words.count == 1, let only = words.first, "ugo".contains(only) {
                clause.copied = only
            } else if !words.allSatisfy({ "rwxXst".contains($0) }) {
                return nil
            }
            clauses.append(clause)
        }
        return rest.isEmpty && !clauses.isEmpty ? clauses : nil
    }

    private static func bits(of who: Character) -> mode_t {
        switch who {
        case "u": 0o4700
        case "g": 0o2070
        case "o": 0o1007
        default: 0o7777
        }
    }

    /// The permissions of a file that had `mode`, which may carry the file's kind as well.
    func applied(to mode: mode_t) -> mode_t {
        switch change {
        case .octal(let new): return new
        case .clauses(let clauses):
            let isDirectory = mode & S_IFMT == S_IFDIR
            return clauses.reduce(mode & 0o7777) { $1.applied(to: $0, isDirectory: isDirectory) }
        }
    }
}

extension FileMode.Clause {
    /// Who changes nobody in particular leaves out what the usual umask leaves out.
    private static let umask: mode_t = 0o022

    fileprivate func applied(to mode: mode_t, isDirectory: Bool) -> mode_t {
        var wanted = bits(from: mode, isDirectory: isDirectory) & who
        if isAnybody { wanted &= ~Self.umask }
        switch operation {
        case "+": return mode | wanted
        case "-": return mode & ~wanted
        default:
            // A directory keeps setuid and setgid unless they are named.
            let replaced = isDirectory ? who & ~0o6000 : who
            return mode & ~(replaced & (isAnybody ? ~Self.umask : 0o7777)) | wanted
        }
    }

    private func bits(from mode: mode_t, isDirectory: Bool) -> mode_t {
        if let copied {
            let own = copied == "u" ? mode >> 6 & 7 : copied == "g" ? mode >> 3 & 7 : mode & 7
            return own << 6 | own << 3 | own
        }
        var bits: mode_t = 0
        for permission in permissions {
            switch permission {
            case "r": bits |= 0o444
            case "w": bits |= 0o222
            case "x": bits |= 0o111
            case "X": bits |= isDirectory || mode & 0o111 != 0 ? 0o111 : 0
            case "s": bits |= 0o6000
            default: bits |= 0o1000
            }
        }
        return bits
    }
}
