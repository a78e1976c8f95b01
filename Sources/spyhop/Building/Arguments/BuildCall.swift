import Engine

/// `--call` and `--check`: what is done instead of building.
struct BuildCall: Sendable, Equatable {
    /// What is asked.
    enum Method: String, Sendable {
        case build, check, outline, targets
    }

    var method = Method.build
    /// The answer is one JSON value.
    var isJSON = false
    /// What a check finds does not show in the exit code.
    var ignoresStatus = false

    /// Reads the options.
    /// - Throws: `EngineError` `.invalidArgument`.
    init(_ text: String?, check: Bool) throws {
        guard let text, !text.isEmpty else {
            method = check ? .check : .build
            return
        }
        guard !check else { throw EngineError(.invalidArgument, "--check and --call contradict each other") }
        var fields = try CommaFields.split(text)[...]
        let name = fields.removeFirst()
        // Docker knows the checks under their older name as well.
        guard let method = name == "lint" ? .check : Method(rawValue: name) else {
            throw EngineError(
                .invalidArgument, "--call \(text): there is no method \(name)", hint: "build, check, outline or targets"
            )
        }
        self.method = method
        for (key, value) in try fields.flatMap({ try BuildFields.read($0, option: "--call") }) {
            switch (key, value) {
            case ("format", "json"): isJSON = true
            case ("format", "text"), ("format", ""): isJSON = false
            case ("format", _): throw EngineError(.invalidArgument, "--call \(text): format is json or text")
            case ("ignorestatus", _): ignoresStatus = try BuildFields.truth(value, of: key, in: "--call \(text)")
            default: throw BuildFields.unknown(key, in: "--call \(text)", known: "format, ignorestatus")
            }
        }
    }
}
