/// What the first request to an endpoint, `GET /v2/`, has told.
struct Ground: Sendable {
    let endpoint: Endpoint
    /// What paths such as `/v2/NAME/manifests/TAG` are put behind.
    let base: WebAddress
    let status: Int
    /// How it wants to be persuaded; empty when it does not.
    let challenges: [Challenge]

    /// The address of a path of the API.
    func address(_ path: String, _ query: [(name: String, value: String)] = []) -> WebAddress? {
        var text = base.description
        if text.hasSuffix("/") { text.removeLast() }
        return WebAddress(text + path)?.adding(query)
    }
}
