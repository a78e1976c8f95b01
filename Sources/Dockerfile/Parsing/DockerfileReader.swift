/// Reads a whole file.
struct DockerfileReader {
    private let name: String
    private let source: SourceText
    private let texts: [String]

    init(_ bytes: [UInt8], name: String) {
        self.name = name
        source = SourceText(bytes)
        texts = source.texts
    }

    func read() throws(DockerfileError) -> Dockerfile {
        let directives = try directives()
        var file = Dockerfile(name: name, lines: texts, directives: directives, globalArguments: [], stages: [])
        let escape = directives.escape.asciiValue ?? .backslash
        var reader = LogicalLineReader(source: source, escape: escape)
        var isEmpty = true
        while var line = reader.read() {
            isEmpty = false
            if line.hasEmptyLine { file.emptyContinuations.append(line.range(of: nil, in: source)) }
            switch try statement(&line, &reader) {
            case .from(let base, let stageName, let platform):
                var stage = Dockerfile.Stage(
                    index: file.stages.count, name: stageName, base: base, platform: platform,
                    range: line.range(of: nil, in: source), original: line.bytes.trimmed.text)
                stage.comment = stageName.flatMap { InstructionParser.description(of: $0, in: line.comments) }
                stage.comments = line.comments
                file.stages.append(stage)
            case .instruction(let kind):
                try add(kind, line, to: &file)
            }
        }
        guard !file.stages.isEmpty else {
            let message = isEmpty ? "the file has no instructions" : "the file has no FROM, and so nothing to build"
            let end = SourcePosition(line: max(1, texts.count), column: 1)
            throw file.error(message, at: SourceRange(start: end, end: end))
        }
        return file
    }

    /// Reads a text that is one instruction.
    func readTrigger(escape: UInt8) throws(DockerfileError) -> Instruction {
        var reader = LogicalLineReader(source: source, escape: escape)
        guard var line = reader.read() else {
            throw error(ParseFailure("the trigger is empty"), LogicalLine(firstLine: 0, lastLine: 0))
        }
        guard case .instruction(let kind) = try statement(&line, &reader) else {
            throw error(ParseFailure("FROM is not allowed as an ONBUILD trigger"), line)
        }
        switch kind {
        case .onbuild, .maintainer:
            throw error(ParseFailure("it is not allowed as an ONBUILD trigger", at: nil), line)
        default: break
        }
        if let second = reader.read() {
            throw error(ParseFailure("a trigger must be a single instruction"), second)
        }
        return Instruction(
            kind: kind, range: line.range(of: nil, in: source), original: line.bytes.trimmed.text)
    }

    private func directives() throws(DockerfileError) -> Dockerfile.Directives {
        do {
            return try DirectiveReader(source).directives
        } catch {
            throw self.error(ParseFailure(error.message), LogicalLine(firstLine: error.line, lastLine: error.line))
        }
    }

    private func statement(
        _ line: inout LogicalLine, _ reader: inout LogicalLineReader
    ) throws(DockerfileError) -> InstructionParser.Statement {
        do {
            let command = CommandText(line.bytes[...])
            let documents = try documents(command, &line, &reader)
            return try InstructionParser(escape: reader.escape, comments: line.comments, documents: documents)
                .parse(command)
        } catch {
            throw self.error(error, line)
        }
    }

    private func documents(
        _ command: CommandText, _ line: inout LogicalLine, _ reader: inout LogicalLineReader
    ) throws(ParseFailure) -> [HereDocument] {
        var inner = command
        if command.name.lowercased() == "onbuild" { inner = CommandText(command.arguments) }
        guard ["add", "copy", "run"].contains(inner.name.lowercased()), inner.arguments.contains(.less) else {
            return []
        }
        if (try? ArgumentWords.list(inner.arguments)) ?? nil != nil { return [] }
        var documents: [HereDocument] = []
        for mark in try HereDocumentMark.marks(in: command.whole) {
            guard let body = reader.readBody(of: mark) else {
                throw ParseFailure(
                    "the here-document \(quoted(mark.name)) is not ended",
                    suggestion:
                        "a line with \(shortened(mark.name)) alone ends it")
            }
            line.lastLine = reader.next - 1
            documents.append(mark.document(body))
        }
        return documents
    }

    private func add(_ kind: Instruction.Kind, _ line: LogicalLine, to file: inout Dockerfile) throws(DockerfileError) {
        var kind = kind
        let range = line.range(of: nil, in: source)
        if case .onbuild(let text, var trigger) = kind {
            trigger.range = range
            kind = .onbuild(text, trigger)
        }
        let instruction = Instruction(
            kind: kind, range: range, original: line.bytes.trimmed.text,
            comment: line.comments.isEmpty ? nil : line.comments.joined(separator: "\n"))
        if file.stages.isEmpty {
            guard case .arg = kind else {
                throw error(
                    ParseFailure("only ARG may stand before the first FROM", suggestion: "begin with FROM image"), line)
            }
            file.globalArguments.append(instruction)
        } else {
            file.stages[file.stages.count - 1].instructions.append(instruction)
        }
    }

    private func error(_ failure: ParseFailure, _ line: LogicalLine) -> DockerfileError {
        let range = line.range(of: failure.range, in: source)
        return DockerfileError(
            message: failure.message, suggestion: failure.suggestion, file: name, range: range,
            excerpt: Excerpt.lines(of: range, in: texts))
    }
}
