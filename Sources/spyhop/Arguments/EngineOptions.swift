import ArgumentParser

/// Options that say which engine is meant, of every command.
struct EngineOptions: ParsableArguments {
    @Option(
        name: .customLong("engine"), parsing: .unconditional,
        help: .init("Engines: spyhop, docker, podman, host, all, or a context's name.", valueName: "name"))
    var engine: String?

    @Option(
        name: .customLong("host"), parsing: .unconditional,
        help: .init(
            "An engine's address: unix://, tcp://, ssh:// (alone: the Spyhop on that host); -H before the command.",
            valueName: "address"))
    var host: String?

    @Option(
        name: .customLong("context"), parsing: .unconditional,
        help: .init("The engine of one of docker's contexts.", valueName: "name"))
    var context: String?

    @Flag(name: .customLong("tls"), help: .hidden)
    var tls = false

    @Flag(name: .customLong("tlsverify"), help: .init("Speak TLS and check the engine's certificate."))
    var tlsVerify = false

    @Option(name: .customLong("tlscacert"), parsing: .unconditional, help: .hidden)
    var tlsAuthority: String?

    @Option(name: .customLong("tlscert"), parsing: .unconditional, help: .hidden)
    var tlsCertificate: String?

    @Option(name: .customLong("tlskey"), parsing: .unconditional, help: .hidden)
    var tlsKey: String?

    /// What was asked for.
    var selection: EngineSelection {
        EngineSelection(
            engine: engine, host: host, context: context,
            tls: EngineSelection.TLSWish(
                isWanted: tls, isVerified: tlsVerify, authority: tlsAuthority, certificate: tlsCertificate, key: tlsKey)
        )
    }
}
