import FoundationEssentials

/// What a registry says is wrong: `{"errors": [{"code": …, "message": …, "detail": …}]}` (distribution-spec, "Error
/// Codes"), or an authorization server's `{"details": …}`, or any text.
struct RegistryFault: Hashable, Sendable {
    /// Codes in upper case, as the specification lists them.
    let codes: [String]
    /// One sentence that may be shown; empty when nothing is told.
    let words: String

    private struct Body: Decodable {
        let errors: [Failure]?
        let details: String?
        let message: String?
        let error: String?
        let errorDescription: String?

        enum CodingKeys: String, CodingKey {
            case errors, details, message, error
            case errorDescription = "error_description"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            errors = try? container.decode([Failure].self, forKey: .errors)
            details = try? container.decode(String.self, forKey: .details)
            message = try? container.decode(String.self, forKey: .message)
            error = try? container.decode(String.self, forKey: .error)
            errorDescription = try? container.decode(String.self, forKey: .errorDescription)
        }
    }

    private struct Failure: Decodable {
        let code: String?
        let message: String?
        let detail: String?

        enum CodingKeys: String, CodingKey { case code, message, detail }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            code = try? container.decode(String.self, forKey: .code)
            message = try? container.decode(String.self, forKey: .message)
            // Of the details only a text is for people; the rest is the registry's own.
            detail = try? container.decode(String.self, forKey: .detail)
        }

        var words: String {
            let said = [message, detail].compactMap { $0 }.filter { !$0.isEmpty }
            let name = code.map { $0.lowercased().replacing("_", with: " ") }
            return said.isEmpty ? name ?? "" : said.joined(separator: ": ")
        }
    }

    /// Reads the body of an answer that failed.
    init(_ body: [UInt8]) {
        if let document = try? JSONDecoder().decode(Body.self, from: Data(body)) {
            let errors = document.errors ?? []
            codes = errors.compactMap { $0.code.map { shown($0.uppercased(), limit: 60) } }
            let said = errors.prefix(3).map(\.words).filter { !$0.isEmpty }
            let other = [document.details, document.errorDescription, document.message, document.error]
            words = shown(said.isEmpty ? other.compactMap { $0 }.first ?? "" : said.joined(separator: "; "))
            return
        }
        codes = []
        let text = String(decoding: body.prefix(2000), as: UTF8.self)
        // A page for a browser explains nothing in one line.
        let isPage = text.contains("<") && text.lowercased().contains("html")
        let trimmed = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        words = isPage ? "" : shown(trimmed, limit: 200)
    }
}
