import Engine

/// Files of the version 2 directory that a configuration names itself (runtime-spec, config-linux.md, "Unified").
enum UnifiedFiles {
    static func apply(
        _ files: [String: String], to directory: String?, beside v1: Set<String>, _ report: inout LimitReport
    ) throws(EngineError) {
        for (name, value) in files.sorted(by: { $0.key < $1.key }) {
            try check(name)
            let field = "unified \(name)"
            let controller = String(name.prefix { $0 != "." })
            guard let directory else {
                try report.cannot(field, because: "this host has no cgroups of version 2")
                continue
            }
            guard ControlFile.exists("\(directory)/\(name)") else {
                let place =
                    v1.contains(controller) || (controller == "io" && v1.contains("blkio"))
                    ? "the \(controller) controller is on cgroups of version 1 here"
                    : "the version 2 cgroup has no such file"
                try report.cannot(field, because: place)
                continue
            }
            // Many files take one line a write.
            for line in value.split(separator: "\n", omittingEmptySubsequences: true) {
                try LimitWriter.write(String(line), path: "\(directory)/\(name)", field: field)
            }
        }
    }

    /// A name with a slash would reach into other cgroups; the kernel's own files move processes.
    private static func check(_ name: String) throws(EngineError) {
        guard !name.isEmpty, !name.utf8.contains(0x2f), !name.utf8.contains(0), name != ".", name != "..",
            name.contains(".")
        else {
            throw EngineError(
                .invalidArgument, "unified: '\(name)' is not the name of a cgroup file", hint: "such as memory.high")
        }
    }
}
