/// Which engine a person has asked for, in whatever way.
struct EngineSelection: Sendable, Equatable {
    /// How TLS is spoken with an engine at a TCP address.
    struct TLSWish: Sendable, Equatable {
        /// `--tls`: spoken, whoever it is. `--tlsverify`: spoken, and the certificate has to be an authority's.
        var isWanted = false
        var isVerified = false
        var authority: String?
        var certificate: String?
        var key: String?

        /// Certificates without a word about TLS mean it, as docker's command line has it.
        var isAsked: Bool { isWanted || isVerified || authority != nil || certificate != nil || key != nil }
    }

    /// `--engine`, `SPYHOP_ENGINE`: names, with commas; `all`.
    var engine: String?
    /// `--host`: an address.
    var host: String?
    /// `--context`: one of docker's.
    var context: String?
    var tls = TLSWish()
    /// Engines that references name (`docker::web`), beside the ones that were chosen.
    var named: [String] = []

    /// Nothing was asked for.
    var isEmpty: Bool { engine == nil && host == nil && context == nil }

    /// The options that say it.
    var words: [String] {
        var words: [String] = []
        for (option, value) in [
            ("--engine", engine), ("--host", host), ("--context", context), ("--tlscacert", tls.authority),
            ("--tlscert", tls.certificate), ("--tlskey", tls.key),
        ] {
            if let value { words += [option, value] }
        }
        if isEmpty { return [] }
        return words + (tls.isWanted ? ["--tls"] : []) + (tls.isVerified ? ["--tlsverify"] : [])
    }

    /// `--host ssh://…` without an engine: a Spyhop there is meant.
    var remoteSpyhop: String? {
        guard engine == nil, context == nil, let host, host.hasPrefix("ssh://") else { return nil }
        return host
    }
}
