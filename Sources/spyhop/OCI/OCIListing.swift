import Engine
import LinuxSystem
import OCI
import Runtime

/// The commands that tell what there is.
enum OCIListing {
    private static let format = OCIOption("format", "f", value: "format", help: "table or json")

    static let verbs = [
        OCIVerb("state", "<container-id>", help: "print a container's state as JSON") {
            context, arguments throws(EngineError) in
            try OCIOutput.write(context.runtime().state(arguments.words[0]), indented: true)
        },
        OCIVerb(
            "list", "", help: "list containers",
            options: [format, OCIOption("quiet", "q", help: "their names alone")], words: 0...0
        ) { context, arguments throws(EngineError) in try list(context, arguments) },
        OCIVerb(
            "ps", "<container-id> [ps options]", help: "list a container's processes", options: [format],
            words: 1...Int.max, stopsAtWord: true
        ) { context, arguments throws(EngineError) in try processes(context, arguments) },
    ]

    private static func list(_ context: OCIContext, _ arguments: OCIArguments) throws(EngineError) -> Int32 {
        let isJSON = try isJSON(arguments)
        var containers = try context.runtime().list()
        for index in containers.indices { containers[index].owner = owner(containers[index].owner) }
        if arguments.has("quiet") { return OCIOutput.write(containers.map { $0.id + "\n" }.joined()) }
        if isJSON { return try OCIOutput.write(containers, indented: false) }
        let rows = containers.map { [$0.id, "\($0.pid)", $0.status.rawValue, $0.bundle, $0.created, $0.owner] }
        return OCIOutput.write(OCITable.text([["ID", "PID", "STATUS", "BUNDLE", "CREATED", "OWNER"]] + rows))
    }

    private static func owner(_ uid: String) -> String { uid.isEmpty ? "root" : "#" + uid }

    private static func isJSON(_ arguments: OCIArguments) throws(EngineError) -> Bool {
        switch arguments["format"] ?? "table" {
        case "table": return false
        case "json": return true
        case let other:
            throw EngineError(.invalidArgument, "invalid format option: '\(other)' is neither table nor json")
        }
    }

    private static func processes(_ context: OCIContext, _ arguments: OCIArguments) throws(EngineError) -> Int32 {
        // Also behind the name, as engines write it.
        let rest = Array(arguments.words.dropFirst())
        let behind = (try? OCIArguments(rest, options: [format], stopsAtWord: false)) ?? arguments
        let isJSON = try isJSON(arguments["format"] == nil ? behind : arguments)
        let pids = try context.runtime().processes(arguments.words[0])
        if isJSON { return try OCIOutput.write(pids, indented: false) }
        let options = behind["format"] == nil ? rest : []
        return OCIOutput.write(try table(of: pids, options.isEmpty ? ["-ef"] : options))
    }

    /// The lines of the host's ps(1) that are about these processes.
    private static func table(of pids: [Int32], _ options: [String]) throws(EngineError) -> String {
        let lines = try OCIChild.output("ps", options).split(separator: "\n")
        guard let title = lines.first,
            let column = title.split(separator: " ").firstIndex(of: "PID")
        else { throw EngineError(.invalidArgument, "ps \(options.joined(separator: " ")) prints no column PID") }
        let wanted = Set(pids.map(String.init))
        let found = lines.dropFirst().filter { line in
            let fields = line.split(separator: " ")
            return fields.count > column && wanted.contains(String(fields[column]))
        }
        return ([title] + found).map { $0 + "\n" }.joined()
    }
}

/// Columns under their titles, as Go's tabwriter sets them for runc.
enum OCITable {
    static func text(_ rows: [[String]]) -> String {
        var widths: [Int] = []
        for row in rows {
            for (index, cell) in row.enumerated() {
                if index == widths.count { widths.append(11) }
                widths[index] = max(widths[index], cell.count)
            }
        }
        return rows.map { row in
            let cells = row.enumerated().map { index, cell in
                index == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[index] - cell.count + 1)
            }
            return cells.joined() + "\n"
        }.joined()
    }
}
