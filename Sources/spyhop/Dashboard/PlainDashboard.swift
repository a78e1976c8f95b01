import Engine

/// The everyday forms of `spyhop` and `spyhop dashboard`, read without the parser.
///
/// The parser looks at every option by reflection, which takes a tenth of the time in which the first frame is to be there.
/// As with `PlainRun`, what is not understood to the last letter is the parser's, and a test compares both readings.
enum PlainDashboard {
    /// What the program's arguments ask for; `nil` when the parser has to look at them.
    static func request(_ arguments: [String]) -> DashboardRequest? {
        guard arguments.isEmpty || arguments.first == "dashboard" else { return nil }
        var request = DashboardRequest()
        var rest = arguments.dropFirst()
        while let word = rest.popFirst() { guard take(word, &rest, &request) else { return nil } }
        let wantsFrame = request.size != nil || request.container != nil || request.pictureFile != nil
        return wantsFrame && !request.isOnce ? nil : request
    }

    private static func take(_ word: String, _ rest: inout ArraySlice<String>, _ request: inout DashboardRequest)
        -> Bool
    {
        switch word {
        case "--once": request.isOnce = true
        case "--ascii": request.looks.isASCII = true
        case "--read-only": request.looks.isReadOnly = true
        case "--screen-reader": request.looks.isForScreenReader = true
        case "--theme": return set(&request.looks.theme, rest.popFirst())
        case "--view": return set(&request.looks.view, rest.popFirst())
        case "--size": return set(&request.size, rest.popFirst())
        case "--container": return set(&request.container, rest.popFirst())
        case "--svg": return set(&request.pictureFile, rest.popFirst())
        default: return false
        }
        return true
    }

    /// One that is given twice, or empty, or looks like an option, is for the parser to judge.
    private static func set(_ option: inout String?, _ value: String?) -> Bool {
        guard option == nil, let value, !value.isEmpty, !value.hasPrefix("-") else { return false }
        option = value
        return true
    }
}
