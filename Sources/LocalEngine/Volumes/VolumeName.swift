import Engine

/// Names of volumes by docker's rule: at least two of `a-z A-Z 0-9 _ . -`, the first a letter or digit.
enum VolumeName {
    /// - Throws: `.invalidArgument`.
    static func check(_ name: String) throws(EngineError) {
        let bytes = name.utf8
        let isValid =
            (2...255).contains(bytes.count) && bytes.first.map(isAlphanumeric) == true
            && bytes.allSatisfy { isAlphanumeric($0) || $0 == 0x5F || $0 == 0x2E || $0 == 0x2D }
        guard !isValid else { return }
        throw EngineError(
            .invalidArgument, "\"\(name)\" is no name for a volume: it takes two or more of [a-zA-Z0-9_.-]",
            hint: "for a directory of the host write its absolute path")
    }

    /// A name of 64 hexadecimal digits for an anonymous volume.
    static func random() -> String { ContainerID.random().rawValue }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
