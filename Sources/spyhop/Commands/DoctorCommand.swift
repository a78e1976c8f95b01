import ArgumentParser
import Doctor
import Engine
import LinuxSystem
import Rootless

/// `doctor`: what this host has and lacks for which feature, and how to get it.
struct DoctorCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Tell what this host lacks for which feature, and how to get it.",
        usage: "spyhop doctor [<options>]",
        discussion: """
            Everything is tried for real, in children that end at once. The exit code is 0 when containers can be run and \
            joined, else 1.
            """)

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Option(
        name: [.customShort("f", allowingJoined: true), .long], parsing: .unconditional,
        help: .init("table, json or a template for each finding.", valueName: "format"))
    var format: String?

    @Flag(name: .shortAndLong, help: "Only what is limited or missing.")
    var quiet = false

    func execute(_ context: CommandContext) async throws -> Int32 {
        let question = Self.question(context)
        let all = try await runOnOwnThread { Diagnosis.findings(HostReport.take(question)) }
        let shown = quiet ? all.filter { $0.verdict != .ok } : all
        let canRun = Diagnosis.canRun(all)
        if let format, !format.isEmpty, format != "table" {
            try await context.print(try DoctorReport.render(shown, canRun: canRun, format: format))
        } else {
            try await context.print(DoctorReport.table(shown, canRun: canRun))
        }
        return canRun ? 0 : 1
    }

    private static func question(_ context: CommandContext) -> HostReport.Question {
        let environment = context.environment
        var question = HostReport.Question(
            root: context.settings.root,
            monitorPath: try? Program.current().monitorPath(context.settings.monitorPath))
        question.searchPath = environment.value("PATH")
        if !environment.isRoot {
            question.account = .current(fallbackName: environment.value("USER"))
            question.runtimeDirectory = environment.runtimeDirectory
            question.sessionDirectory = environment.value("XDG_RUNTIME_DIR")
        }
        return question
    }
}
