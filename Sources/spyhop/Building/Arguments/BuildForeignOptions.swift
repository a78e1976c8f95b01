import ArgumentParser
import Engine

/// Options of docker's builds that mean nothing here, or that this engine has not: what changes nothing is accepted, the
/// rest refused in words.
struct BuildForeignOptions: ParsableArguments {
    @Flag(name: .customLong("rm"), help: .hidden)
    var remove = false
    @Flag(name: .customLong("force-rm"), help: .hidden)
    var forceRemove = false
    @Flag(help: .hidden)
    var compress = false
    @Flag(name: .customLong("disable-content-trust"), help: .hidden)
    var disableContentTrust = false
    @Option(name: .long, parsing: .unconditional, help: .hidden)
    var isolation: String?
    @Option(name: .long, parsing: .unconditional, help: .hidden)
    var builder: String?
    @Option(name: .long, parsing: .unconditional, help: .hidden)
    var provenance: String?
    @Option(name: .long, parsing: .unconditional, help: .hidden)
    var sbom: String?
    @Option(name: .long, parsing: .unconditionalSingleValue, help: .hidden)
    var attest: [String] = []
    @Option(name: .long, parsing: .unconditionalSingleValue, help: .hidden)
    var annotation: [String] = []
    @Option(name: .customLong("security-opt"), parsing: .unconditionalSingleValue, help: .hidden)
    var securityOpt: [String] = []
    @Option(name: .customLong("policy"), parsing: .unconditionalSingleValue, help: .hidden)
    var policy: [String] = []

    /// - Throws: `EngineError` `.unsupported` for what would be expected to make a difference.
    func check() throws {
        if let isolation, !["", "default", "process"].contains(isolation) {
            throw EngineError(
                .unsupported, "--isolation \(isolation): steps run in containers of Linux", hint: "leave it out")
        }
        if let builder, !["", "default", "spyhop"].contains(builder) {
            throw EngineError(
                .unsupported, "--builder \(builder): there is one builder, the engine itself", hint: "leave it out")
        }
        for (option, text) in [("--provenance", provenance), ("--sbom", sbom)] {
            guard let text, !Self.isDisabled(text) else { continue }
            throw EngineError(
                .unsupported, "\(option)=\(text): images get no attestations",
                hint: option == "--sbom" ? "leave it out" : "spyhop history shows which line made which layer")
        }
        if let attest = attest.first(where: { !$0.contains("disabled=true") }) {
            throw EngineError(.unsupported, "--attest \(attest): images get no attestations", hint: "leave it out")
        }
        if let annotation = annotation.first {
            throw EngineError(.unsupported, "--annotation \(annotation): manifests get none", hint: "use --label")
        }
        if let option = securityOpt.first {
            throw EngineError(
                .unsupported, "--security-opt \(option): steps run with the usual filter",
                hint: "RUN --security=insecure with --allow security.insecure runs a step without it")
        }
        if let policy = policy.first {
            throw EngineError(.unsupported, "--policy \(policy): there are no policies", hint: "leave it out")
        }
    }

    /// `false`, or a list of fields with `disabled=true`.
    private static func isDisabled(_ text: String) -> Bool {
        OptionWords.truth(text) == false || text.split(separator: ",").contains("disabled=true")
    }
}
