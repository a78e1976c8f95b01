import Foundation

/// What `--progress plain` has told of a build: its steps and what became of each.
struct BuildLog: CustomStringConvertible {
    /// What became of a step.
    enum State: Equatable {
        case cached
        case done
        case failed
        case cancelled
        /// Nothing was told of its end.
        case open
    }

    let description: String
    private var names: [Int: String] = [:]
    private var states: [Int: State] = [:]
    private var output: [Int: [String]] = [:]

    init(_ text: String) {
        description = text
        for line in text.split(separator: "\n") where line.hasPrefix("#") {
            let words = line.dropFirst().split(separator: " ", maxSplits: 1)
            guard words.count == 2, let number = Int(words[0]) else { continue }
            note(number, String(words[1]))
        }
    }

    private mutating func note(_ number: Int, _ text: String) {
        let word = text.prefix { $0 != " " && $0 != ":" }
        switch word {
        case "CACHED": states[number] = .cached
        case "DONE": states[number] = .done
        case "ERROR": states[number] = .failed
        case "CANCELED": states[number] = .cancelled
        case "...": break
        case _ where Double(word) != nil:
            output[number, default: []].append(String(text.dropFirst(word.count + 1)))
        default: if names[number] == nil { names[number] = text }
        }
    }

    /// The state of the first step whose name has `text` in it; nil when there is none.
    func state(of text: String) -> State? {
        number(of: text).map { states[$0] ?? .open }
    }

    /// What that step has written, line by line.
    func output(of text: String) -> [String] {
        number(of: text).flatMap { output[$0] } ?? []
    }

    private func number(of text: String) -> Int? {
        names.filter { $0.value.contains(text) }.keys.min()
    }

    /// Names of the instructions' steps that were done anew.
    var done: [String] {
        names.filter { $0.value.hasPrefix("[") && !$0.value.hasPrefix("[internal]") && states[$0.key] == .done }
            .sorted { $0.key < $1.key }.map(\.value)
    }
}
