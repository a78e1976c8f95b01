import Engine

extension Template {
    /// A method of the thing that is formatted, such as `.Label "key"`.
    typealias Method = @Sendable ([JSONValue]) -> JSONValue

    /// The text of the template for `value`.
    /// - Throws: `EngineError` `.invalidArgument` for a field or function that is not there.
    func render(_ value: JSONValue, methods: [String: Method] = [:]) throws -> String {
        var evaluator = Evaluator(root: value, methods: methods)
        try evaluator.run(nodes, dot: value)
        return evaluator.out
    }

    private struct Evaluator {
        var out = ""
        var variables: [String: JSONValue]
        let methods: [String: Method]

        init(root: JSONValue, methods: [String: Method]) {
            variables = ["": root]
            self.methods = methods
        }

        mutating func run(_ nodes: [Node], dot: JSONValue) throws {
            for node in nodes {
                switch node {
                case .text(let text): out += text
                case .action(let pipeline):
                    let value = try evaluate(pipeline, dot: dot)
                    if pipeline.assignedTo == nil { out += value.text }
                case .condition(let pipeline, let then, let otherwise):
                    try scoped { evaluator in
                        let isTrue = try !evaluator.evaluate(pipeline, dot: dot).isEmpty
                        try evaluator.run(isTrue ? then : otherwise, dot: dot)
                    }
                case .with(let pipeline, let then, let otherwise):
                    try scoped { evaluator in
                        let value = try evaluator.evaluate(pipeline, dot: dot)
                        try evaluator.run(value.isEmpty ? otherwise : then, dot: value.isEmpty ? dot : value)
                    }
                case .range(let key, let name, let pipeline, let body, let otherwise):
                    try range(try evaluate(pipeline, dot: dot), key, name, body, otherwise, dot: dot)
                }
            }
        }

        private mutating func scoped(_ body: (inout Evaluator) throws -> Void) rethrows {
            let saved = variables
            try body(&self)
            variables = saved
        }

        private mutating func range(
            _ value: JSONValue, _ key: String?, _ name: String?, _ body: [Node], _ otherwise: [Node], dot: JSONValue
        ) throws {
            let items: [(JSONValue, JSONValue)] =
                switch value {
                case .array(let values): values.enumerated().map { (.integer(Int64($0.offset)), $0.element) }
                case .object(let members): members.map { (.string($0.key), $0.value) }
                case .null: []
                default: throw EngineError(.invalidArgument, "template cannot range over \(value.text)")
                }
            if items.isEmpty { return try run(otherwise, dot: dot) }
            for (itemKey, item) in items {
                try scoped { evaluator in
                    if let key { evaluator.variables[key] = itemKey }
                    if let name { evaluator.variables[name] = item }
                    try evaluator.run(body, dot: item)
                }
            }
        }

        private mutating func evaluate(_ pipeline: Pipeline, dot: JSONValue) throws -> JSONValue {
            var piped: JSONValue?
            for command in pipeline.commands {
                piped = try evaluate(command, piped: piped, dot: dot)
            }
            let value = piped ?? .null
            if let name = pipeline.assignedTo { variables[name] = value }
            return value
        }

        private mutating func evaluate(_ command: [Operand], piped: JSONValue?, dot: JSONValue) throws -> JSONValue {
            guard let head = command.first else { return .null }
            var arguments = try command.dropFirst().map { try operand($0, dot: dot) }
            if let piped { arguments.append(piped) }
            switch head {
            case .function(let name): return try TemplateFunctions.call(name, arguments)
            case .field(let path) where path.count == 1 && methods[path[0]] != nil:
                return methods[path[0]]?(arguments) ?? .null
            default:
                guard arguments.isEmpty else {
                    throw EngineError(.invalidArgument, "template gives arguments to something that is not a function")
                }
                return try operand(head, dot: dot)
            }
        }

        private mutating func operand(_ operand: Operand, dot: JSONValue) throws -> JSONValue {
            switch operand {
            case .literal(let value): return value
            case .field(let path): return try Self.follow(path, in: dot)
            case .function(let name): return try TemplateFunctions.call(name, [])
            case .group(let pipeline, let path): return try Self.follow(path, in: evaluate(pipeline, dot: dot))
            case .variable(let name, let path):
                guard let value = variables[name] else {
                    throw EngineError(.invalidArgument, "template uses the variable $\(name), which nothing has set")
                }
                return try Self.follow(path, in: value)
            }
        }

        private static func follow(_ path: [String], in value: JSONValue) throws -> JSONValue {
            var value = value
            for name in path {
                guard let next = value.member(name) else {
                    var hint: String?
                    if case .object(let members) = value, !members.isEmpty {
                        hint = "there are \(members.map { ".\($0.key)" }.joined(separator: ", "))"
                    }
                    throw EngineError(.invalidArgument, "template asks for .\(name), which is not there", hint: hint)
                }
                value = next
            }
            return value
        }
    }
}
