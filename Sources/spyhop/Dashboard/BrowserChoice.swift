/// Which program shows a web address: `$BROWSER` as other programs read it (a list with colons between, words with blanks
/// between, `%s` for the address), else the desktop's own opener.
enum BrowserChoice: Hashable, Sendable {
    /// A program with a window of its own, by its path and arguments.
    case window([String])
    /// A program that needs the terminal for itself.
    case terminal([String])
    /// Why there is none, in words.
    case none(String)

    /// Browsers that draw into the terminal.
    private static let textual: Set<String> = [
        "lynx", "w3m", "links", "links2", "elinks", "www-browser", "browsh", "carbonyl", "chawan", "cha",
    ]

    /// - Parameters:
    ///   - variable: the environment.
    ///   - find: where a program is; `nil` when it is not there.
    static func of(
        _ address: String, variable: (String) -> String?, find: (String) -> String?
    ) -> BrowserChoice {
        if let list = variable("BROWSER") {
            for entry in list.split(separator: ":") {
                if let choice = entryChoice(entry, address, find) { return choice }
            }
            return .none("$BROWSER names no program that is installed")
        }
        guard variable("DISPLAY") != nil || variable("WAYLAND_DISPLAY") != nil else {
            return .none("there is no display here, and no $BROWSER")
        }
        for name in ["xdg-open", "open"] {
            if let path = find(name) { return .window([path, address]) }
        }
        return .none("neither xdg-open nor open is installed, and there is no $BROWSER")
    }

    /// No shell reads any of it: a word stays one word whatever is in it.
    private static func entryChoice(
        _ entry: Substring, _ address: String, _ find: (String) -> String?
    ) -> BrowserChoice? {
        var words = entry.split(separator: " ").map(String.init)
        guard let name = words.first, let path = find(name) else { return nil }
        words[0] = path
        var arguments = words.dropFirst().map { placing(address, in: $0) }
        if !words.dropFirst().contains(where: { $0.contains("%s") }) { arguments.append(address) }
        let base = name.split(separator: "/").last.map(String.init) ?? name
        return textual.contains(base) ? .terminal([path] + arguments) : .window([path] + arguments)
    }

    /// The word with the address for each `%s`, and `%` for each `%%`.
    private static func placing(_ address: String, in word: String) -> String {
        var result = ""
        var rest = Substring(word)
        while let character = rest.popFirst() {
            guard character == "%", let next = rest.first, next == "s" || next == "%" else {
                result.append(character)
                continue
            }
            rest.removeFirst()
            result += next == "s" ? address : "%"
        }
        return result
    }
}
