import Dashboard
import Yams

/// A language's file: `docs/phrases.yaml` with translations in it.
struct LanguageFile {
    private(set) var phrases: [String: String] = [:]
    private(set) var counts: [String: [PluralRule.Kind: String]] = [:]
    private(set) var plural = PluralRule.oneOrOther
    /// What is wrong, each with its place; all else holds.
    private(set) var problems: [String] = []

    /// An empty translation is none.
    init(yaml: String, path: String) {
        var reader = ConfigurationReader(path: path)
        let root: Node?
        do { root = try Yams.compose(yaml: yaml) } catch {
            problems = [reader.sentence(error)]
            return
        }
        guard let root, !reader.isNothing(root) else { return }
        guard let mapping = root.mapping else {
            problems = ["\(reader.place(root)): expected a map of phrases"]
            return
        }
        for (key, value) in mapping {
            if let english = key.string, let other = value.string {
                if english == "plurals" {
                    readRule(other, at: value, &reader)
                } else if !other.isEmpty {
                    phrases[english] = other
                }
            } else if let english = key.string, let forms = value.mapping {
                readForms(english, forms, &reader)
            } else {
                reader.tell(value, "a phrase and its translation are texts")
            }
        }
        problems = reader.problems
    }

    private mutating func readRule(_ name: String, at value: Node, _ reader: inout ConfigurationReader) {
        guard let rule = PluralRule(rawValue: name) else {
            let known = PluralRule.allCases.map(\.rawValue).joined(separator: ", ")
            reader.tell(value, "there are no plurals \"\(name)\"; there are \(known)")
            return
        }
        plural = rule
    }

    private mutating func readForms(_ english: String, _ forms: Node.Mapping, _ reader: inout ConfigurationReader) {
        for (key, value) in forms {
            guard let kind = key.string.flatMap(PluralRule.Kind.init), let text = value.string else {
                let known = PluralRule.Kind.allCases.map(\.rawValue).joined(separator: ", ")
                reader.tell(key, "the forms of a number of things are \(known), and their translations texts")
                continue
            }
            if !text.isEmpty { counts[english, default: [:]][kind] = text }
        }
    }
}
