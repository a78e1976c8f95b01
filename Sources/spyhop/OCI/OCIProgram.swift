import Cgroups
import Engine
import Glibc
import LinuxSystem
import OCI
import Runtime

/// `spyhop oci`, and the program `spyhop-oci`: the runtime command line that other engines call, with runc's commands and
/// options.
enum OCIProgram {
    /// The name under which the program is this command line.
    static let name = "spyhop-oci"

    /// The words of the runtime command line when this process was started with one; `nil` otherwise.
    static func words(_ arguments: [String]) -> [String]? {
        if arguments.first?.split(separator: "/").last.map(String.init) == name { return Array(arguments.dropFirst()) }
        return arguments.dropFirst().first == "oci" ? Array(arguments.dropFirst(2)) : nil
    }

    /// Carries the command out on the calling thread; answers the exit code.
    static func run(_ words: [String], _ environment: ProcessEnvironment) -> Int32 {
        let global: OCIGlobal
        do throws(EngineError) { global = try OCIGlobal(words, environment) } catch {
            OCILog(path: nil, format: .text).fail(error)
            return 1
        }
        if global.wantsVersion { return OCIOutput.write(versionText) }
        guard let name = global.rest.first, !global.wantsHelp, name != "help" else {
            return OCIOutput.write(OCIHelp.text(of: global.wantsHelp ? nil : global.rest.dropFirst().first))
        }
        guard let verb = OCIVerb.all.first(where: { $0.name == name }) else {
            global.log.fail(
                EngineError(.invalidArgument, "unknown command: \(name)", hint: "\(Self.name) --help lists them"))
            return 1
        }
        return carryOut(verb, Array(global.rest.dropFirst()), global, environment)
    }

    private static func carryOut(
        _ verb: OCIVerb, _ words: [String], _ global: OCIGlobal, _ environment: ProcessEnvironment
    ) -> Int32 {
        do throws(EngineError) {
            let options = verb.options + [OCIOption("help", "h", help: "show help")]
            let arguments = try OCIArguments(words, options: options, stopsAtWord: verb.stopsAtWord)
            if arguments.has("help") { return OCIOutput.write(OCIHelp.text(of: verb.name)) }
            try arguments.expect(verb.words, "\(name) \(verb.name) \(verb.usage)")
            let context = OCIContext(global: global, environment: environment)
            let code = try verb.work(context, arguments)
            global.log.finish()
            return code
        } catch {
            global.log.fail(error)
            return verb.failureCode
        }
    }

    /// The first line as dockerd reads runc's.
    private static var versionText: String {
        "\(name) version \(Version.number)\nspec: \(BundleRuntime.specificationVersion)\n"
    }
}

/// What every command works with.
struct OCIContext: Sendable {
    let global: OCIGlobal
    let environment: ProcessEnvironment

    /// The system's systemd is root's to ask; who is not, or is only in a user namespace, has one of his own.
    private var systemd: SystemdBus {
        environment.isRoot && UserNamespace.isInitial ? .system : environment.userSystemd
    }

    /// The runtime, put together.
    /// - Throws: `.unsupported` when the monitor's program is nowhere.
    func runtime() throws(EngineError) -> BundleRuntime {
        let monitor = try Program.current().monitorPath(
            environment.value("SPYHOP_MONITOR").map(environment.absolute))
        let log = global.log
        return BundleRuntime(
            store: BundleStore(root: global.root), host: .detect(usesSystemd: global.usesSystemd), monitorPath: monitor,
            systemd: systemd, sparesCgroups: global.isRootless, warn: { log.warn($0) })
    }
}

/// Standard output.
enum OCIOutput {
    /// Writes everything; answers the exit code.
    static func write(_ text: String) -> Int32 { write(Array(text.utf8)) }

    static func write(_ bytes: [UInt8]) -> Int32 {
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { Glibc.write(1, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return 1 }
            done += count
        }
        return 0
    }

    /// Writes a document and a line's end.
    static func write(_ document: some Encodable, indented: Bool) throws(EngineError) -> Int32 {
        write(try SpecDocument.write(document, indented: indented) + [UInt8(ascii: "\n")])
    }
}
