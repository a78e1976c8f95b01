import Dockerfile
import Engine

/// How docker shows a step.
enum StepName {
    /// `builder 2/5`, `stage-1 1/3`, `2/3`: which of a stage's steps it is; numbers stand right-aligned.
    static func position(stage: String?, index: Int, total: Int) -> String {
        let width = String(total).count
        let number = String(index)
        let padded = String(repeating: " ", count: max(0, width - number.count)) + number
        return (stage.map { "\($0) " } ?? "") + "\(padded)/\(total)"
    }

    /// The name that a stage's steps bear: its own, or its number when there are several; `nil` for a lonely one without.
    static func stage(_ stage: Dockerfile.Stage, of count: Int) -> String? {
        stage.name ?? (count > 1 ? "stage-\(stage.index)" : nil)
    }

    /// An instruction's text with its word in capital letters, and a lonely here-document's first line.
    static func text(_ instruction: Instruction) -> String {
        let word = instruction.original.prefix { !$0.isWhitespace }
        let text = word.uppercased() + instruction.original.dropFirst(word.count)
        guard case .run(let run) = instruction.kind, let document = run.lonelyHereDocument else { return text }
        return "\(text) (\(summary(document.original)))"
    }

    private static func summary(_ document: String) -> String {
        let lines = document.split(separator: "\n", omittingEmptySubsequences: false).drop {
            $0.allSatisfy(\.isWhitespace)
        }
        let first = lines.first.map(String.init) ?? ""
        return first + (lines.dropFirst().contains { !$0.allSatisfy(\.isWhitespace) } ? "..." : "")
    }

    /// Whether an instruction makes a layer and so is a step.
    static func isStep(_ instruction: Instruction) -> Bool {
        switch instruction.kind {
        case .add, .copy, .run, .workdir: true
        default: false
        }
    }
}
