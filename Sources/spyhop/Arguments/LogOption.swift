import Engine

/// `--log-opt`.
enum LogOption {
    /// The rotation that the options ask for.
    /// - Throws: `EngineError` `.invalidArgument`.
    static func parse(_ options: [String]) throws -> ContainerSpec.LogRotation {
        var rotation = ContainerSpec.LogRotation()
        for option in options {
            let pair = option.split(separator: "=", maxSplits: 1).map(String.init)
            switch (pair.first, pair.count == 2 ? pair[1] : nil) {
            case ("max-size", "-1"?): rotation.maximumSize = .max
            case ("max-size", let value?):
                rotation.maximumSize = try ByteSize.bytes(value, for: "--log-opt max-size")
                guard rotation.maximumSize > 0 else {
                    throw EngineError(.invalidArgument, "--log-opt max-size must be more than nothing")
                }
            case ("max-file", let value?):
                guard let count = Int(value), (1...1000).contains(count) else {
                    throw EngineError(
                        .invalidArgument, "--log-opt max-file wants a number from 1 to 1000, not \"\(value)\"")
                }
                rotation.maximumFiles = count
            default:
                throw EngineError(
                    .invalidArgument, "--log-opt \"\(option)\" is not known", hint: "use max-size=10m or max-file=3")
            }
        }
        return rotation
    }
}
