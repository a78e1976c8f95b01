/// A question before something is lost.
enum Confirmation {
    /// Whether the person agrees; without an answer nothing happens.
    static func ask(_ sentence: String) async throws -> Bool {
        try await StandardStream.error.write("\(sentence)\nAre you sure you want to continue? [y/N] ")
        guard let answer = try await StandardInput.next()?.first else { return false }
        return answer == UInt8(ascii: "y") || answer == UInt8(ascii: "Y")
    }
}
