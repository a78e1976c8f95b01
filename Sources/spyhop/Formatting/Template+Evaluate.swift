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
        /// The loop's body is being left, by `break` or `continue`.
        private var leaving: Jump?
        var variables: [String: JSONValue]
        let methods: [String: Method]

        init(root: JSONValue, methods: [String: Method]) {
            variables = ["": root]
            self.methods = methods
        }

        mutating func run(_ nodes: [Node], dot: JSONValue) throws {
            for node in nodes where leaving == nil {
                switch node {
                case .jump(let jump): leaving = jump
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
                case .object(let members), .table(let members): members.map { (.string($0.key), $0.value) }
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
                let left = leaving
                leaving = nil
                if left == .break { return }
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
            for name in path { value = try field(name, of: value) }
            return value
        }

        private static func field(_ name: String, of value: JSONValue) throws -> JSONValue {
            if let next = value.member(name) { return next }
            switch value {
            // Go's words, which scripts look for.
            case .table: return .string("<no value>")
            case .object(let members):
                // JSON spells .ID as Id or id; the fields that docker's templates know begin with a capital letter.
                if name.first?.isUppercase == true,
                    let field = members.first(where: { $0.key.lowercased() == name.lowercased() })
                {
                    return field.value
                }
                throw EngineError(
                    .invalidArgument, "template asks for .\(name), which is not there",
                    hint: "there are \(members.map { ".\($0.key)" }.joined(separator: ", "))")
            default: throw EngineError(.invalidArgument, "template asks for .\(name) of \(value.text), which has none")
            }
        }
    }
}
