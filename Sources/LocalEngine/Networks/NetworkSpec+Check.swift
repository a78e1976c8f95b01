import Engine

extension NetworkSpec {
    /// Names that mean something else where a network is named.
    private static let reserved: Set<String> = ["bridge", "host", "none", "default"]

    /// Refuses what makes no sense before anything is made.
    func check() throws(EngineError) {
        try checkName()
        guard driver == "bridge" else {
            throw EngineError(
                .unsupported, "there is no network driver \"\(driver)\"", hint: "bridge is the only one")
        }
        for key in labels.keys where key.utf8.contains(0) || labels[key]?.utf8.contains(0) == true {
            throw EngineError(.invalidArgument, "a label holds a NUL byte: \(key.prefix(40))")
        }
    }

    private func checkName() throws(EngineError) {
        guard !Self.reserved.contains(name) else {
            throw EngineError(.conflict, "operation is not permitted on predefined \(name) network")
        }
        let bytes = Array(name.utf8)
        let isValid =
            (1...255).contains(bytes.count) && Self.isAlphanumeric(bytes[0])
            && bytes.allSatisfy { Self.isAlphanumeric($0) || $0 == 0x5f || $0 == 0x2e || $0 == 0x2d }
        guard isValid else {
            throw EngineError(
                .invalidArgument, "\"\(name)\" is no network name",
                hint: "a-z A-Z 0-9 _ . -, a letter or digit first")
        }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
    }
}
