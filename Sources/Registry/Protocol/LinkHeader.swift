/// The header field `Link` (RFC 8288), by which lists go on.
enum LinkHeader {
    /// The target of the first link whose relation is `next`, as it was written.
    static func next(in fields: [String]) -> String? {
        for field in fields {
            var rest = field[...]
            while let start = rest.firstIndex(of: "<"), let end = rest[start...].firstIndex(of: ">") {
                let target = rest[rest.index(after: start)..<end]
                rest = rest[rest.index(after: end)...]
                let parameters = parameters(&rest)
                let relations = parameters.filter { $0.name == "rel" }.flatMap { $0.value.split(separator: " ") }
                if relations.contains(where: { $0.lowercased() == "next" }) { return String(target) }
            }
        }
        return nil
    }

    /// `;name=value` as often as it comes, up to the comma before the next link.
    private static func parameters(_ rest: inout Substring) -> [(name: String, value: String)] {
        var found: [(name: String, value: String)] = []
        var scanner = FieldScanner(rest)
        while scanner.skip(";") {
            guard let name = scanner.token() else { continue }
            guard scanner.skip("=") else { continue }
            found.append((name.lowercased(), scanner.quotedString() ?? scanner.token() ?? ""))
        }
        rest = scanner.rest
        return found
    }
}
