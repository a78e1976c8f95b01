/// Rules of how the file is written.
struct FileChecks {
    private let dockerfile: Dockerfile

    init(_ dockerfile: Dockerfile) { self.dockerfile = dockerfile }

    func run(_ report: inout CheckReport) {
        for range in dockerfile.emptyContinuations {
            report.add(.noEmptyContinuation, "empty line within an instruction", at: range, comments: [])
        }
        checkStageNames(&report)
        checkCasing(&report)
        checkDescriptions(&report)
        for stage in dockerfile.stages {
            for instruction in stage.instructions {
                if case .maintainer = instruction.kind {
                    report.add(
                        .maintainerDeprecated, "MAINTAINER is deprecated; use LABEL org.opencontainers.image.authors",
                        at: instruction.range, comments: instruction.commentLines)
                }
            }
        }
    }

    private func checkStageNames(_ report: inout CheckReport) {
        var seen: Set<String> = []
        for stage in dockerfile.stages {
            let words = ArgumentWords.plain(CommandText(Array(stage.original.utf8)[...]).arguments).map(\.text)
            guard words.count == 3, let name = stage.name else { continue }
            let keyword = CommandText(Array(stage.original.utf8)[...]).name
            func add(_ rule: CheckRule, _ detail: String) {
                report.add(rule, detail, at: stage.range, comments: stage.comments)
            }
            if words[2] != name { add(.stageNameCasing, "the stage name \(quoted(words[2])) should be in lower case") }
            let isLower = keyword == keyword.lowercased() && words[1] != words[1].lowercased()
            let isUpper = keyword == keyword.uppercased() && words[1] != words[1].uppercased()
            if isLower || isUpper { add(.fromAsCasing, "\(keyword) and \(words[1]) differ in their case") }
            if ["context", "scratch"].contains(name) {
                add(.reservedStageName, "\(quoted(name)) means something else and should not name a stage")
            }
            if !seen.insert(name).inserted {
                add(.duplicateStageName, "there is a stage \(quoted(name)) already")
            }
        }
    }

    private func checkCasing(_ report: inout CheckReport) {
        var written: [(name: String, range: SourceRange, comments: [String])] = []
        for stage in dockerfile.stages {
            written.append((Self.keyword(stage.original), stage.range, stage.comments))
            for instruction in stage.instructions {
                written.append((Self.keyword(instruction.original), instruction.range, instruction.commentLines))
            }
        }
        let lower = written.count { $0.name == $0.name.lowercased() }
        let upper = written.count { $0.name == $0.name.uppercased() && $0.name != $0.name.lowercased() }
        let wantsLower = lower > upper
        for (name, range, comments) in written {
            guard name != (wantsLower ? name.lowercased() : name.uppercased()) else { continue }
            report.add(
                .consistentInstructionCasing,
                "\(name) should be in \(wantsLower ? "lower" : "upper") case, as most instructions here",
                at: range, comments: comments)
        }
    }

    private static func keyword(_ original: String) -> String {
        original.utf8.prefix { !$0.isBlank }.map { $0 }.text
    }

    private func checkDescriptions(_ report: inout CheckReport) {
        func check(_ what: String, _ names: [String], _ comments: [String], _ range: SourceRange) {
            let described = comments.filter { !$0.hasPrefix("check=") }
            guard let last = described.last, let example = names.first else { return }
            guard !names.contains(String(last.prefix { $0 != " " })) else { return }
            report.add(
                .invalidDefinitionDescription,
                "the comment above \(what) should begin with its name: # \(names.count > 1 ? "NAME" : example) …",
                at: range, comments: comments)
        }
        let instructions = dockerfile.globalArguments + dockerfile.stages.flatMap(\.instructions)
        for instruction in instructions {
            guard case .arg(let declarations) = instruction.kind else { continue }
            check("ARG", declarations.map(\.name), instruction.commentLines, instruction.range)
        }
        for stage in dockerfile.stages {
            check("FROM", stage.name.map { [$0] } ?? [], stage.comments, stage.range)
        }
    }
}

extension Instruction {
    /// The comment lines right above.
    var commentLines: [String] {
        comment?.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) ?? []
    }
}
