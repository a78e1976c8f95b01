import NIOCore
import NIOSSL

extension HTTPTrust {
    /// The library's configuration; the files are read now, so that a broken one is told by its name.
    func configuration() throws(HTTPFailure) -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        // A server that does not say goodbye holds up the end of a command no longer than this.
        configuration.shutdownTimeout = .milliseconds(500)
        for path in authorities {
            let certificates = try Self.reading(path) { try NIOSSLCertificate.fromPEMFile(path) }
            configuration.additionalTrustRoots.append(.certificates(certificates))
        }
        if let identity {
            let chain = try Self.reading(identity.certificate) {
                try NIOSSLCertificate.fromPEMFile(identity.certificate)
            }
            let key = try Self.reading(identity.key) { try NIOSSLPrivateKey(file: identity.key, format: .pem) }
            configuration.certificateChain = chain.map { .certificate($0) }
            configuration.privateKey = .privateKey(key)
        }
        if isBlind { configuration.certificateVerification = .none }
        return configuration
    }

    private static func reading<Value>(_ path: String, _ body: () throws -> Value) throws(HTTPFailure) -> Value {
        do {
            return try body()
        } catch {
            throw .unusableFile(path, reason: "\(error)")
        }
    }
}
