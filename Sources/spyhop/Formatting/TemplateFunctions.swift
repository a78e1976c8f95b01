import Engine

/// The functions that docker's templates know.
enum TemplateFunctions {
    /// Calls the function `name`.
    static func call(_ name: String, _ arguments: [JSONValue]) throws -> JSONValue {
        switch name {
        case "json": return .string(try argument(0, of: arguments, for: name).compact)
        case "prettyjson": return .string(try argument(0, of: arguments, for: name).pretty)
        case "upper": return .string(try text(0, of: arguments, for: name).uppercased())
        case "lower": return .string(try text(0, of: arguments, for: name).lowercased())
        case "title":
            let text = try text(0, of: arguments, for: name)
            return .string(text.prefix(1).uppercased() + text.dropFirst())
        case "println": return .string(arguments.map(\.text).joined(separator: " ") + "\n")
        case "print": return .string(arguments.map(\.text).joined())
        case "printf":
            return .string(try format(text(0, of: arguments, for: name), Array(arguments.dropFirst())))
        case "not": return .bool(try argument(0, of: arguments, for: name).isEmpty)
        case "and": return arguments.first(where: \.isEmpty) ?? arguments.last ?? true
        case "or": return arguments.first { !$0.isEmpty } ?? arguments.last ?? false
        case "eq", "ne", "lt", "le", "gt", "ge": return .bool(try compare(name, arguments))
        case "len": return .integer(try length(argument(0, of: arguments, for: name)))
        case "index": return try index(arguments)
        case "slice": return try slice(arguments)
        case "html", "js", "urlquery": return .string(GoEscapes.escape(arguments.map(\.text).joined(), for: name))
        case "join", "split", "truncate", "pad": return try textFunction(name, arguments)
        default:
            throw EngineError(
                .invalidArgument, "template uses the function \(name), which there is not",
                hint:
                    "there are json, upper, lower, title, join, split, truncate, pad, len, index, slice, html, js, urlquery, print, println, "
                    + "printf, eq, ne, lt, le, gt, ge, and, or, not")
        }
    }

    private static func argument(_ position: Int, of arguments: [JSONValue], for name: String) throws -> JSONValue {
        guard position < arguments.count else {
            throw EngineError(.invalidArgument, "template function \(name) lacks an argument")
        }
        return arguments[position]
    }

    private static func text(_ position: Int, of arguments: [JSONValue], for name: String) throws -> String {
        try argument(position, of: arguments, for: name).text
    }

    private static func integer(_ position: Int, of arguments: [JSONValue], for name: String) throws -> Int {
        guard case .integer(let value) = try argument(position, of: arguments, for: name),
            let number = Int(exactly: value), (0...100_000).contains(number)
        else { throw EngineError(.invalidArgument, "template function \(name) wants a number from 0 to 100000") }
        return number
    }

    private static func textFunction(_ name: String, _ arguments: [JSONValue]) throws -> JSONValue {
        switch name {
        case "join":
            guard case .array(let values) = try argument(0, of: arguments, for: name) else {
                if try argument(0, of: arguments, for: name) == .null { return "" }
                throw EngineError(.invalidArgument, "template function join wants a list")
            }
            return .string(values.map(\.text).joined(separator: try text(1, of: arguments, for: name)))
        case "split":
            return split(try text(0, of: arguments, for: name), by: try text(1, of: arguments, for: name))
        case "truncate":
            let limit = try integer(1, of: arguments, for: name)
            return .string(String(try text(0, of: arguments, for: name).prefix(limit)))
        default:
            let text = try text(0, of: arguments, for: name)
            if text.isEmpty { return "" }
            return .string(
                String(repeating: " ", count: try integer(1, of: arguments, for: name)) + text
                    + String(repeating: " ", count: try integer(2, of: arguments, for: name)))
        }
    }

    private static func split(_ text: String, by separator: String) -> JSONValue {
        guard !separator.isEmpty else { return .strings(text.map { String($0) }) }
        var parts: [String] = []
        var part = ""
        var rest = text[...]
        while !rest.isEmpty {
            if rest.hasPrefix(separator) {
                parts.append(part)
                part = ""
                rest = rest.dropFirst(separator.count)
            } else {
                part.append(rest.removeFirst())
            }
        }
        return .strings(parts + [part])
    }

    private static func length(_ value: JSONValue) throws -> Int64 {
        switch value {
        case .string(let text): Int64(text.utf8.count)
        case .array(let values): Int64(values.count)
        case .object(let members), .table(let members): Int64(members.count)
        case .null: 0
        default: throw EngineError(.invalidArgument, "template function len wants a string, a list or a map")
        }
    }

    private static func index(_ arguments: [JSONValue]) throws -> JSONValue {
        var value = try argument(0, of: arguments, for: "index")
        for key in arguments.dropFirst() {
            switch (value, key) {
            case (.array(let values), .integer(let position)):
                guard let position = Int(exactly: position), values.indices.contains(position) else {
                    throw EngineError(.invalidArgument, "template index \(key.text) is out of range")
                }
                value = values[position]
            case (.object, .string(let name)), (.table, .string(let name)): value = value.member(name) ?? ""
            case (.null, _): return ""
            default: throw EngineError(.invalidArgument, "template cannot index with \(key.text) here")
            }
        }
        return value
    }

    private static func slice(_ arguments: [JSONValue]) throws -> JSONValue {
        let value = try argument(0, of: arguments, for: "slice")
        let count = Int(try length(value))
        let from = arguments.count > 1 ? try integer(1, of: arguments, for: "slice") : 0
        let to = arguments.count > 2 ? try integer(2, of: arguments, for: "slice") : count
        guard from <= to, to <= count else {
            throw EngineError(.invalidArgument, "template slice \(from) \(to) is out of range: there are \(count)")
        }
        switch value {
        case .array(let values): return .array(Array(values[from..<to]))
        case .string(let text): return .string(String(decoding: Array(text.utf8)[from..<to], as: UTF8.self))
        default: throw EngineError(.invalidArgument, "template function slice wants a string or a list")
        }
    }

    private static func compare(_ name: String, _ arguments: [JSONValue]) throws -> Bool {
        let left = try argument(0, of: arguments, for: name)
        let right = try argument(1, of: arguments, for: name)
        switch name {
        case "eq": return arguments.dropFirst().contains(left)
        case "ne": return left != right
        default: break
        }
        let order: (less: Bool, same: Bool)
        switch (left, right) {
        case (.integer(let left), .integer(let right)): order = (left < right, left == right)
        case (.number(let left), .number(let right)): order = (left < right, left == right)
        case (.string(let left), .string(let right)): order = (left < right, left == right)
        default: throw EngineError(.invalidArgument, "template function \(name) cannot compare these")
        }
        switch name {
        case "lt": return order.less
        case "le": return order.less || order.same
        case "gt": return !order.less && !order.same
        default: return !order.less
        }
    }

    private static func format(_ format: String, _ arguments: [JSONValue]) throws -> String {
        var out = ""
        var next = arguments.makeIterator()
        var characters = format.makeIterator()
        while let character = characters.next() {
            guard character == "%" else {
                out.append(character)
                continue
            }
            var width = ""
            var verb = characters.next()
            while let flag = verb, flag == "-" || flag.isNumber {
                width.append(flag)
                verb = characters.next()
            }
            guard verb != "%" else {
                out += "%"
                continue
            }
            guard let value = next.next() else { throw EngineError(.invalidArgument, "template printf lacks a value") }
            let text = verb == "q" ? GoText.quoted(value.text) : value.text
            let padding = String(repeating: " ", count: max(0, min(1000, abs(Int(width) ?? 0)) - text.count))
            out += width.hasPrefix("-") ? text + padding : padding + text
        }
        return out
    }
}
