/// One way in which a registry lets itself be persuaded: a challenge of `WWW-Authenticate` (RFC 9110, section 11).
struct Challenge: Hashable, Sendable {
    /// Lower case: `bearer`, `basic`.
    let scheme: String
    /// Names in lower case: `realm`, `service`, `scope`.
    let parameters: [String: String]

    /// All challenges of all fields of that name, in order; what cannot be read is left out.
    static func parse(_ fields: [String]) -> [Challenge] { fields.flatMap(parse) }

    private static func parse(_ field: String) -> [Challenge] {
        var found: [Challenge] = []
        var scanner = FieldScanner(field)
        while !scanner.isAtEnd {
            while scanner.skip(",") {}
            guard let scheme = scanner.token() else { break }
            var parameters: [String: String] = [:]
            while let (name, value) = parameter(&scanner) {
                if parameters[name] == nil { parameters[name] = value }
                // A comma stands between parameters and between challenges: only what follows tells.
                var ahead = scanner
                guard ahead.skip(","), parameter(&ahead) != nil else { break }
                _ = scanner.skip(",")
            }
            if parameters.isEmpty { skipToken68(&scanner) }
            found.append(Challenge(scheme: scheme.lowercased(), parameters: parameters))
            guard scanner.skip(",") || scanner.isAtEnd else { break }
        }
        return found
    }

    /// `name=value`, the value a token or in quotes; the scanner stays where it was when there is none.
    private static func parameter(_ scanner: inout FieldScanner) -> (String, String)? {
        var ahead = scanner
        guard let name = ahead.token(), ahead.skip("="), let value = ahead.quotedString() ?? ahead.token() else {
            return nil
        }
        scanner = ahead
        return (name.lowercased(), value)
    }

    private static func skipToken68(_ scanner: inout FieldScanner) {
        var ahead = scanner
        if ahead.token68() != nil, ahead.isAtEnd || ahead.rest.first == "," || ahead.rest.first == " " {
            scanner = ahead
        }
    }
}
