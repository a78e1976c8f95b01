extension Dockerfile {
    /// Reads a Dockerfile; `name` is for messages. Bytes that are no UTF-8 are replaced.
    ///
    /// Throws for what is no Dockerfile: an unknown instruction, a flag that it does not have, a missing argument.
    public static func parse(_ bytes: [UInt8], name: String) throws(DockerfileError) -> Dockerfile {
        try DockerfileReader(bytes, name: name).read()
    }

    /// Reads one ONBUILD trigger of a base image; `image` is for messages.
    public static func parseTrigger(
        _ text: String, escape: Character, image: String
    ) throws(DockerfileError) -> Instruction {
        try DockerfileReader(Array(text.utf8), name: "ONBUILD of \(image)")
            .readTrigger(escape: escape.asciiValue ?? .backslash)
    }
}
