import Engine
import Runtime

/// The commands that change what a container does.
enum OCILifecycle {
    static let verbs = [
        OCIVerb(
            "kill", "<container-id> [signal]",
            help: "send a signal to a container's first process; SIGTERM unless named",
            options: [OCIOption("all", "a", help: "to every process of the container")], words: 1...2
        ) { context, arguments throws(EngineError) in
            let signal = try signal(arguments.words.count > 1 ? arguments.words[1] : "TERM")
            try context.runtime().kill(arguments.words[0], signal: signal, all: arguments.has("all"))
            return 0
        },
        OCIVerb(
            "delete", "<container-id>", help: "remove a stopped container",
            options: [OCIOption("force", "f", help: "kill it first when it runs")]
        ) { context, arguments throws(EngineError) in
            try context.runtime().delete(arguments.words[0], force: arguments.has("force"))
            return 0
        },
        OCIVerb("pause", "<container-id>", help: "stop every process of a container where it stands") {
            context, arguments throws(EngineError) in
            try context.runtime().pause(arguments.words[0])
            return 0
        },
        OCIVerb("resume", "<container-id>", help: "let a paused container go on") {
            context, arguments throws(EngineError) in
            try context.runtime().resume(arguments.words[0])
            return 0
        },
        unsupported("checkpoint", "saving a running container to disk"),
        unsupported("restore", "restoring a container from disk"),
    ]

    private static func signal(_ text: String) throws(EngineError) -> Int32 {
        do { return try SignalName.number(text) } catch {
            throw EngineError(.invalidArgument, "unknown signal \"\(text)\"")
        }
    }

    private static func unsupported(_ name: String, _ what: String) -> OCIVerb {
        OCIVerb(name, "<container-id>", help: "not supported", words: 0...Int.max, stopsAtWord: true) {
            _, _ throws(EngineError) in
            throw EngineError(.unsupported, "\(name) is not supported: this runtime has no way of \(what)")
        }
    }
}
