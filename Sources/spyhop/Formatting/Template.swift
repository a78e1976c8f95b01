import Engine

/// A Go template as docker's `--format` takes it: fields, pipelines, functions, `if`, `with`, `range`, variables.
struct Template: Sendable {
    /// A value in a pipeline.
    indirect enum Operand: Sendable, Equatable {
        case field([String])
        case variable(String, [String])
        case literal(JSONValue)
        case function(String)
        case group(Pipeline, [String])
    }

    /// Commands whose results are handed from one to the next.
    struct Pipeline: Sendable, Equatable {
        var assignedTo: String?
        var commands: [[Operand]]
    }

    /// A way out of a loop's body.
    enum Jump: Sendable, Equatable {
        case `break`, `continue`
    }

    /// A piece of a template.
    indirect enum Node: Sendable, Equatable {
        case text(String)
        case action(Pipeline)
        case condition(Pipeline, then: [Node], otherwise: [Node])
        case with(Pipeline, then: [Node], otherwise: [Node])
        case jump(Jump)
        case range(key: String?, value: String?, Pipeline, body: [Node], otherwise: [Node])
    }

    let nodes: [Node]

    /// Reads a template. `\t` and `\n` written out mean tab and newline outside of actions, as docker has it.
    /// - Throws: `EngineError` `.invalidArgument` that says what is wrong where.
    init(_ source: String) throws {
        var parser = TemplateParser(pieces: try TemplateLexer.pieces(of: source))
        nodes = try parser.parse()
    }
}

/// Makes nodes out of a lexer's pieces.
private struct TemplateParser {
    private let pieces: [TemplateLexer.Piece]
    private var index = 0
    private var tokens: [TemplateLexer.Token] = []
    private var tokenIndex = 0
    /// How many ranges are open.
    private var loops = 0

    init(pieces: [TemplateLexer.Piece]) { self.pieces = pieces }

    mutating func parse() throws -> [Template.Node] {
        let (nodes, terminator) = try block()
        if let terminator { throw problem("has {{\(terminator)}} without an opening if, range or with") }
        return nodes
    }

    private func problem(_ text: String) -> EngineError { EngineError(.invalidArgument, "template \(text)") }

    /// Nodes up to `end` or `else`, whose name is returned with its tokens left to read.
    private mutating func block() throws -> ([Template.Node], String?) {
        var nodes: [Template.Node] = []
        while index < pieces.count {
            let piece = pieces[index]
            index += 1
            switch piece {
            case .text(let text): nodes.append(.text(Self.unescape(text)))
            case .action(let tokens):
                self.tokens = tokens
                tokenIndex = 0
                if case .word(let word) = tokens.first {
                    switch word {
                    case "end", "else":
                        tokenIndex = 1
                        return (nodes, word)
                    case "if", "with", "range":
                        tokenIndex = 1
                        nodes.append(try control(word))
                        continue
                    case "break", "continue":
                        guard loops > 0 else { throw problem("has {{\(word)}} outside of a range") }
                        nodes.append(.jump(word == "break" ? .break : .continue))
                        continue
                    default: break
                    }
                }
                nodes.append(.action(try wholePipeline()))
            }
        }
        return (nodes, nil)
    }

    private mutating func control(_ word: String) throws -> Template.Node {
        var key: String?
        var value: String?
        if word == "range", case .variable(let first, []) = peek {
            let saved = tokenIndex
            tokenIndex += 1
            if peek == .comma {
                tokenIndex += 1
                guard case .variable(let second, []) = peek else {
                    throw problem("has a range without a second variable")
                }
                tokenIndex += 1
                (key, value) = (first, second)
            } else {
                value = first
            }
            if peek == .assign {
                tokenIndex += 1
            } else {
                tokenIndex = saved
                (key, value) = (nil, nil)
            }
        }
        let pipeline = try wholePipeline()
        loops += word == "range" ? 1 : 0
        let (body, otherwise) = try branches()
        loops -= word == "range" ? 1 : 0
        switch word {
        case "if": return .condition(pipeline, then: body, otherwise: otherwise)
        case "with": return .with(pipeline, then: body, otherwise: otherwise)
        default: return .range(key: key, value: value, pipeline, body: body, otherwise: otherwise)
        }
    }

    private mutating func branches() throws -> ([Template.Node], [Template.Node]) {
        let (body, terminator) = try block()
        guard let terminator else { throw problem("lacks an {{end}}") }
        guard terminator == "else" else { return (body, []) }
        if peek == .word("if") {
            tokenIndex += 1
            let pipeline = try wholePipeline()
            let (inner, otherwise) = try branches()
            return (body, [.condition(pipeline, then: inner, otherwise: otherwise)])
        }
        let (otherwise, end) = try block()
        guard end == "end" else { throw problem("lacks an {{end}}") }
        return (body, otherwise)
    }

    private var peek: TemplateLexer.Token? { tokenIndex < tokens.count ? tokens[tokenIndex] : nil }

    private mutating func wholePipeline() throws -> Template.Pipeline {
        let pipeline = try pipeline()
        guard peek == nil else { throw problem("has an action with too much in it") }
        return pipeline
    }

    private mutating func pipeline() throws -> Template.Pipeline {
        var assignedTo: String?
        if case .variable(let name, []) = peek, tokenIndex + 1 < tokens.count, tokens[tokenIndex + 1] == .assign {
            assignedTo = name
            tokenIndex += 2
        }
        var commands = [try command()]
        while peek == .pipe {
            tokenIndex += 1
            commands.append(try command())
        }
        return Template.Pipeline(assignedTo: assignedTo, commands: commands)
    }

    private mutating func command() throws -> [Template.Operand] {
        var operands: [Template.Operand] = []
        loop: while let token = peek {
            switch token {
            case .field(let path): operands.append(.field(path))
            case .variable(let name, let path): operands.append(.variable(name, path))
            case .string(let text): operands.append(.literal(.string(text)))
            case .integer(let value): operands.append(.literal(.integer(value)))
            case .word("true"): operands.append(.literal(true))
            case .word("false"): operands.append(.literal(false))
            case .word("nil"): operands.append(.literal(nil))
            case .word(let name): operands.append(.function(name))
            case .open:
                operands.append(try group())
                continue loop
            case .pipe, .close, .comma, .assign, .trailing: break loop
            }
            tokenIndex += 1
        }
        guard !operands.isEmpty else { throw problem("has an empty action") }
        return operands
    }

    private mutating func group() throws -> Template.Operand {
        tokenIndex += 1
        let inner = try pipeline()
        guard peek == .close else { throw problem("has a parenthesis that is not closed") }
        tokenIndex += 1
        guard case .trailing(let path) = peek else { return .group(inner, []) }
        tokenIndex += 1
        return .group(inner, path)
    }

    private static func unescape(_ text: String) -> String {
        guard text.contains("\\") else { return text }
        var out = ""
        var escaped = false
        for character in text {
            switch (escaped, character) {
            case (true, "t"): out.append("\t")
            case (true, "n"): out.append("\n")
            case (true, _): out += "\\\(character)"
            case (false, "\\"):
                escaped = true
                continue
            case (false, _): out.append(character)
            }
            escaped = false
        }
        return escaped ? out + "\\" : out
    }
}
