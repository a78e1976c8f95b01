import NIOCore
import NIOPosix
import NIOSSL

/// Makes a connection to one place.
struct ConnectionOpening {
    let place: HTTPPlace
    let limit: Duration

    func open() async throws -> HTTPConnection {
        let mark = ConnectionTraffic.Mark()
        let place = place
        let secured = try secured()
        let handshake = secured == nil ? nil : HTTPConnection.loops.next().makePromise(of: Void.self)
        let bootstrap = ClientBootstrap(group: HTTPConnection.loops)
            .channelOption(.autoRead, value: false)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelOption(.maxMessagesPerRead, value: 1)
            .connectTimeout(TimeAmount(limit))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let secured, let handshake {
                        let handler = try NIOSSLClientHandler(context: secured.context, serverHostname: secured.name)
                        try channel.pipeline.syncOperations.addHandlers(handler, HandshakeGate(done: handshake))
                    }
                    try channel.pipeline.syncOperations.addHandler(ConnectionTraffic(place: place, mark: mark))
                }
            }
        do {
            let (channel, guest) = try await connect(bootstrap, handshake)
            let traffic = try await channel.pipeline.handler(type: ConnectionTraffic.self).map {
                NIOLoopBound($0, eventLoop: channel.eventLoop)
            }.get()
            return HTTPConnection(place: place, channel: channel, traffic: traffic, mark: mark, guest: guest)
        } catch {
            handshake?.fail(error)
            if Task.isCancelled { throw HTTPFailure.cancelled }
            throw HTTPFailure.translated(error, server: place.description)
        }
    }

    private func connect(
        _ bootstrap: ClientBootstrap, _ handshake: EventLoopPromise<Void>?
    ) async throws -> (any Channel, ProgramGuest?) {
        switch place {
        case .unix(let path): return (try await bootstrap.connect(unixDomainSocketPath: path).get(), nil)
        case .tcp(let host, let port, _):
            let channel = try await bootstrap.connect(host: host, port: port).get()
            guard let handshake else { return (channel, nil) }
            try await secure(channel, handshake)
            return (channel, nil)
        case .program(let words):
            let guest = try ProgramGuest(words)
            return (try await bootstrap.withConnectedSocket(guest.takeSocket()).get(), guest)
        }
    }

    /// Reads for the handshake, since nobody else does yet, and gives up when the time is over.
    private func secure(_ channel: any Channel, _ handshake: EventLoopPromise<Void>) async throws {
        let late = channel.eventLoop.scheduleTask(in: TimeAmount(limit)) {
            handshake.fail(HTTPFailure.connectTimedOut(place.description))
        }
        defer { late.cancel() }
        try await channel.setOption(.autoRead, value: true).get()
        do { try await handshake.futureResult.get() } catch {
            channel.close(promise: nil)
            throw error
        }
        try await channel.setOption(.autoRead, value: false).get()
    }

    private func secured() throws -> (context: NIOSSLContext, name: String?)? {
        guard case .tcp(let host, let port, let trust?) = place else { return nil }
        let isAddress = (try? SocketAddress(ipAddress: host, port: port)) != nil
        let context = try NIOSSLContext(configuration: try trust.configuration())
        return (context, isAddress ? nil : host)
    }
}
