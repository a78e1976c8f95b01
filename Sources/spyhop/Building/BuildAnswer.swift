import Engine

/// What a Dockerfile is asked instead of being built (`--check`, `--call`).
struct BuildAnswer {
    let call: BuildCall
    let request: BuildRequest
    let palette: BuildPalette

    /// Asks and prints; answers the exit code.
    func run(_ engine: any ImageBuilding) async throws -> Int32 {
        do {
            if call.method == .check {
                let warnings = try await engine.checkBuild(request)
                try await StandardStream.output.write(
                    call.isJSON ? Self.json(warnings).pretty + "\n" : Self.text(warnings))
                return warnings.isEmpty || call.ignoresStatus ? 0 : 1
            }
            let outline = try await engine.outlineBuild(request)
            let isOutline = call.method == .outline
            if call.isJSON {
                let value =
                    isOutline ? Self.json(arguments: outline, target: request.target) : Self.json(targets: outline)
                try await StandardStream.output.write(value.pretty + "\n")
            } else {
                try await StandardStream.output.write(
                    isOutline ? Self.text(arguments: outline, target: request.target) : Self.text(targets: outline))
            }
            return 0
        } catch let error as EngineError {
            try await StandardStream.error.write(BuildReport.error(error, palette))
            return 1
        }
    }

    static func text(_ warnings: [BuildWarning]) -> String {
        guard !warnings.isEmpty else { return "Check complete, no warnings found.\n" }
        let count = warnings.count == 1 ? "1 warning has" : "\(warnings.count) warnings have"
        return "Check complete, \(count) been found!\n" + warnings.map { "\n" + text($0) }.joined()
    }

    private static func text(_ warning: BuildWarning) -> String {
        let url = warning.url.isEmpty ? "" : " - \(warning.url)"
        var lines = ["WARNING: \(warning.rule)\(url)", warning.detail]
        if let place = warning.lines, !warning.excerpt.isEmpty {
            let rule = String(repeating: "-", count: 20)
            let width = warning.excerpt.map { String($0.number).count }.max() ?? 1
            lines += ["\(warning.file):\(place.lowerBound)", rule]
            lines += warning.excerpt.map { line in
                let number = String(line.number)
                let blanks = String(repeating: " ", count: max(4, width + 1) - number.count)
                return "\(blanks)\(number) | \(line.isMarked ? ">>>" : "   ") \(line.text)"
            }
            lines.append(rule)
        }
        return lines.map { ShownText.cut($0, nil) + "\n" }.joined()
    }

    static func text(arguments outline: BuildOutline, target: String?) -> String {
        let chosen = outline.targets.first { target == nil ? $0.isDefault : $0.name == target }
        var text = ""
        if let chosen {
            text += "TARGET:      \(ShownText.cut(chosen.name, nil))\n"
            if !chosen.description.isEmpty { text += "DESCRIPTION: \(ShownText.cut(chosen.description, nil))\n" }
            text += "\n"
        }
        if !outline.arguments.isEmpty {
            text +=
                table(
                    ["BUILD ARG", "VALUE", "DESCRIPTION"],
                    outline.arguments.map { [$0.name, $0.value ?? "", $0.description] }) + "\n"
        }
        if !outline.secrets.isEmpty { text += table(["SECRET"], outline.secrets.map { [$0] }) + "\n" }
        return text
    }

    static func text(targets outline: BuildOutline) -> String {
        table(
            ["TARGET", "BASE", "DESCRIPTION"],
            outline.targets.map { [$0.name + ($0.isDefault ? " (default)" : ""), $0.base, $0.description] })
    }

    private static func table(_ heading: [String], _ rows: [[String]]) -> String {
        TextTable.render(
            ([heading] + rows).map { $0.map { ShownText.cut($0, nil) }.joined(separator: "\t") })
    }

    static func json(_ warnings: [BuildWarning]) -> JSONValue {
        [
            "warnings": .array(
                warnings.map { warning in
                    var members: [JSONValue.Member] = [
                        .init(key: "ruleName", value: .string(warning.rule)),
                        .init(key: "description", value: .string(warning.description)),
                        .init(key: "url", value: .string(warning.url)),
                        .init(key: "detail", value: .string(warning.detail)),
                    ]
                    if let lines = warning.lines {
                        let range: JSONValue = [
                            "start": ["line": .integer(Int64(lines.lowerBound))],
                            "end": ["line": .integer(Int64(lines.upperBound))],
                        ]
                        members.append(
                            .init(key: "location", value: ["file": .string(warning.file), "ranges": [range]]))
                    }
                    return .object(members)
                })
        ]
    }

    private static func json(targets outline: BuildOutline) -> JSONValue {
        [
            "targets": .array(
                outline.targets.map { target in
                    [
                        "name": .string(target.name), "default": .bool(target.isDefault),
                        "description": .string(target.description), "base": .string(target.base),
                    ]
                })
        ]
    }

    private static func json(arguments outline: BuildOutline, target: String?) -> JSONValue {
        let chosen = outline.targets.first { target == nil ? $0.isDefault : $0.name == target }
        return [
            "name": .string(chosen?.name ?? ""), "description": .string(chosen?.description ?? ""),
            "args": .array(
                outline.arguments.map { argument in
                    [
                        "name": .string(argument.name), "description": .string(argument.description),
                        "value": .string(argument.value ?? ""),
                    ]
                }),
            "secrets": .array(outline.secrets.map { ["name": .string($0)] }),
        ]
    }
}
