import Glibc
import NIOCore
import NIOPosix
import NIOSSL

/// Looks at the certificate of a server whose chain was not verified, for the library tells no reason.
///
/// Nothing is sent but the handshake, and nothing that is learned here decides what is trusted.
struct CertificateDiagnosis {
    let url: String
    let loops: MultiThreadedEventLoopGroup

    /// Whether the certificate itself is not yet, or no longer, valid; `false` when it cannot be had.
    func isOutOfDate() async -> Bool {
        guard let (host, port) = address, let certificate = try? await certificate(host, port) else { return false }
        let now = time(nil)
        return now < certificate.notValidBefore || now > certificate.notValidAfter
    }

    private var address: (host: String, port: Int)? {
        let server = HTTPConnector.server(of: url)
        if server.hasPrefix("["), let end = server.firstIndex(of: "]") {
            let host = String(server[server.index(after: server.startIndex)..<end])
            return (host, Int(server[end...].dropFirst(2)) ?? 443)
        }
        let parts = server.split(separator: ":")
        guard let host = parts.first else { return nil }
        return (String(host), parts.dropFirst().first.flatMap { Int($0) } ?? 443)
    }

    private func certificate(_ host: String, _ port: Int) async throws -> NIOSSLCertificate? {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .none
        let context = try NIOSSLContext(configuration: configuration)
        let isAddress = (try? SocketAddress(ipAddress: host, port: port)) != nil
        let found = loops.next().makePromise(of: NIOSSLCertificate?.self)
        let bootstrap = ClientBootstrap(group: loops).connectTimeout(.seconds(5)).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                let handler = try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : host)
                try channel.pipeline.syncOperations.addHandlers(handler, HandshakeWatcher(tls: handler, found: found))
            }
        }
        let channel: any Channel
        do {
            channel = try await bootstrap.connect(host: host, port: port).get()
        } catch {
            found.succeed(nil)
            throw error
        }
        let limit = channel.eventLoop.scheduleTask(in: .seconds(5)) { found.succeed(nil) }
        let certificate = try await found.futureResult.get()
        limit.cancel()
        channel.close(promise: nil)
        return certificate
    }
}

/// Takes the certificate at the end of the handshake, or the end of the connection.
private final class HandshakeWatcher: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let tls: NIOSSLClientHandler
    private let found: EventLoopPromise<NIOSSLCertificate?>

    init(tls: NIOSSLClientHandler, found: EventLoopPromise<NIOSSLCertificate?>) {
        self.tls = tls
        self.found = found
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let certificate = tls.peerCertificate { found.succeed(certificate) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        found.succeed(nil)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        found.succeed(nil)
        context.fireChannelInactive()
    }
}
