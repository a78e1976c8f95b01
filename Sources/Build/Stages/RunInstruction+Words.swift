import Dockerfile

extension RunInstruction {
    /// Its here-document when that is all of the command: `RUN <<EOF`.
    var lonelyHereDocument: HereDocument? {
        guard case .shell(let text) = command, hereDocuments.count == 1, let document = hereDocuments.first else {
            return nil
        }
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count == 1, let word = words.first else { return nil }
        let behind = word.drop { $0.isNumber }
        return behind.hasPrefix("<<") && !behind.dropFirst(2).contains("<") ? document : nil
    }

    /// What is run: the arguments, and the file that a here-document with `#!` becomes.
    ///
    /// - Parameter shell: what shell forms begin with.
    func words(shell: [String]) -> (arguments: [String], script: (path: String, content: String)?) {
        switch command {
        case .exec(let words): return (words, nil)
        case .shell(let text):
            guard let document = lonelyHereDocument else {
                // The shell reads the documents itself.
                let whole = hereDocuments.reduce(text) { $0 + "\n" + $1.original + $1.name }
                return (shell + [whole], nil)
            }
            guard document.content.hasPrefix("#!") else { return (shell + [document.content], nil) }
            let path = "/dev/pipes/\(document.name)"
            return (shell + [path], (path, document.content))
        }
    }
}
