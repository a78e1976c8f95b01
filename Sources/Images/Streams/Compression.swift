import OCI

/// How a stream is compressed, told by its first bytes.
enum Compression: Sendable {
    case none
    case gzip
    case zstd

    init(firstBytes: UnsafeRawBufferPointer) {
        if firstBytes.starts(with: [0x1F, 0x8B]) {
            self = .gzip
        } else if firstBytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
            self = .zstd
        } else if firstBytes.count >= 4, firstBytes[0] & 0xF0 == 0x50,
            firstBytes.dropFirst().starts(with: [0x2A, 0x4D, 0x18])
        {
            // A skippable frame: zstd:chunked and pzstd begin with one.
            self = .zstd
        } else {
            self = .none
        }
    }

    /// The media type of a layer compressed this way.
    var layerMediaType: String {
        switch self {
        case .none: MediaType.layer
        case .gzip: MediaType.layerGzip
        case .zstd: MediaType.layerZstd
        }
    }
}
