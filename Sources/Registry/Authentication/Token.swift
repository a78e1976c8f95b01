import Engine
import FoundationEssentials

/// A token of an authorization server, and until when it is good.
struct Token: Hashable, Sendable {
    /// Lives so long when nothing is told, and at least so long (distribution's token specification).
    static let shortestLife: Int64 = 60
    /// Renewed so many seconds before its end, so that it does not end on the way.
    static let margin: Int64 = 5

    let text: String
    /// Seconds since the Unix epoch.
    let end: Int64

    /// Whether it is good for a request that begins now.
    func isGood(at now: Int64) -> Bool { now < end - Self.margin }

    /// Whether a header field can carry a token, and nothing else goes with it.
    static func isSendable(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    private struct Answer: Decodable {
        let token: String?
        let accessToken: String?
        let expiresIn: Double?
        let issuedAt: String?

        enum CodingKeys: String, CodingKey {
            case token
            case accessToken = "access_token"
            case expiresIn = "expires_in"
            case issuedAt = "issued_at"
        }
    }

    /// Reads an authorization server's answer that came at `now`; `nil` when there is no token in it that a header
    /// field can carry.
    init?(answer body: [UInt8], now: Int64) {
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(body)) else { return nil }
        let candidates = [answer.token, answer.accessToken].compactMap { $0 }
        guard let text = candidates.first(where: { !$0.isEmpty }), Self.isSendable(text) else { return nil }
        self.text = text
        let told = answer.expiresIn.flatMap { $0.isFinite && $0 >= 0 && $0 < 1e9 ? Int64($0) : nil }
        let life = max(told ?? Self.shortestLife, Self.shortestLife)
        // Either clock may be wrong: a token that would be over already, or not begun, counts from now.
        let issued = answer.issuedAt.flatMap { Timestamp(rfc3339: $0) }.map { $0.nanoseconds / 1_000_000_000 } ?? now
        end = issued <= now && issued + life > now + Self.margin ? issued + life : now + life
    }
}
