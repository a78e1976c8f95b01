/// What a scripted server says to a request, piece by piece.
package struct ScriptedAnswer: Sendable {
    /// A step of an answer.
    package enum Piece: Sendable {
        /// Sends them.
        case bytes([UInt8])
        /// Sends them again and again until the client breaks off.
        case endless([UInt8])
        /// Sends nothing until the gate is opened, or the server stopped.
        case stall(Gate)
        /// Ends the connection with a reset; what was sent and not yet read is lost.
        case reset
    }

    /// In order; the first is the head, and all that a HEAD request is answered.
    package var pieces: [Piece]
    /// Closes the connection afterwards: behind a body that is shorter than its Content-Length, the cut-off.
    package var closes = false

    package init(pieces: [Piece], closes: Bool = false) {
        self.pieces = pieces
        self.closes = closes
    }

    /// Exactly these bytes, and the end of the connection.
    package static func raw(_ bytes: [UInt8]) -> ScriptedAnswer {
        ScriptedAnswer(pieces: [.bytes(bytes)], closes: true)
    }

    /// An honest answer with its Content-Length.
    package static func status(
        _ status: Int, _ headers: [(String, String)] = [], body: [UInt8] = []
    ) -> ScriptedAnswer {
        .head(status, headers, length: body.count, then: [.bytes(body)])
    }

    /// An honest answer with a text.
    package static func status(_ status: Int, _ headers: [(String, String)] = [], body: String) -> ScriptedAnswer {
        .status(status, headers, body: Array(body.utf8))
    }

    /// A head, with a Content-Length that may lie or, as `nil`, without one, and what follows it.
    package static func head(
        _ status: Int, _ headers: [(String, String)] = [], length: Int?, then pieces: [Piece] = [],
        closes: Bool = false
    ) -> ScriptedAnswer {
        var head = "HTTP/1.1 \(status) Scripted\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        if let length { head += "Content-Length: \(length)\r\n" }
        // Without a length and chunks only the connection's end tells the body's.
        let isChunked = headers.contains { $0.0.lowercased() == "transfer-encoding" }
        let isBare = length == nil && !isChunked && status != 204 && status != 304
        return ScriptedAnswer(
            pieces: [.bytes(Array((head + "\r\n").utf8))] + pieces, closes: closes || isBare)
    }

    /// No answer: the connection is closed.
    package static var hangUp: ScriptedAnswer { ScriptedAnswer(pieces: [], closes: true) }

    /// No answer: the connection is reset.
    package static var reset: ScriptedAnswer { ScriptedAnswer(pieces: [.reset], closes: true) }
}
