import AsyncHTTPClient

extension HTTPProxy {
    var configuration: HTTPClient.Configuration.Proxy {
        switch kind {
        case .socks: .socksServer(host: host, port: port)
        case .http:
            .server(
                host: host, port: port,
                authorization: username.map { .basic(username: $0, password: password) })
        }
    }
}
