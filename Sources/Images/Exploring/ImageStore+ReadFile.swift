import Engine
import Glibc
import LinuxSystem

extension ImageStore {
    /// Writes a regular file of an image to a descriptor, which may be non-blocking. Symbolic links are followed within the
    /// image; the file may have any size.
    ///
    /// The image is held until the file is open, and not as long as the reader at the other end takes.
    /// - Parameter path: as `ImageLayers` spells paths; a leading `/` is allowed.
    public func writeFile(_ path: String, of reference: String, toDescriptor descriptor: Int32) throws {
        let name = "\(printable(path)) in image \(printable(reference))"
        let file = OwnedDescriptor(
            owning: try withImagesHeld {
                let view = try LayerView(try resolve(reference))
                let found = try regularFile(PathText.bytes(path), named: name, in: view)
                return try inWords("cannot read \(name)") { () throws(SystemError) in try found.open() }.take()
            })
        try inWords("cannot write \(name)") { () throws(SystemError) in try copy(file, to: descriptor) }
    }

    /// What is in a directory of an image, in the order of names. Symbolic links are followed within the image.
    /// - Parameter path: as `ImageLayers` spells paths; empty or `/` is the root.
    public func files(in path: String, of reference: String) throws(EngineError) -> [LayerFile] {
        let resolved = try resolve(reference)
        let name = "\(printable(path)) in image \(printable(reference))"
        switch try LayerView(resolved).find(PathText.bytes(path)) {
        case .nothing: throw EngineError(.notFound, "no such directory: \(name)")
        case .file, .other: throw EngineError(.invalidArgument, "\(name) is not a directory")
        case .directory(let directory):
            var layers: [LayerDirectory] = []
            for name in resolved.layers.reversed() {
                layers.append(try LayerDirectory(name, in: resolved.layersDirectory))
            }
            var view = MergedView(layers)
            return try view.list(directory).map { found in
                found.entry.file(at: Images.path(directory, found.entry.name), .added, size: found.entry.size)
            }
        }
    }

    private func regularFile(
        _ path: [UInt8], named name: String, in view: LayerView
    ) throws(EngineError) -> LayerView.RegularFile {
        switch try view.find(path) {
        case .file(let file): return file
        case .nothing: throw EngineError(.notFound, "no such file: \(name)")
        case .directory: throw EngineError(.invalidArgument, "\(name) is a directory, not a file")
        case .other(let kind): throw EngineError(.invalidArgument, "\(name) is no regular file but a \(words(kind))")
        }
    }

    private func words(_ kind: LayerFile.Kind) -> String {
        switch kind {
        case .file: "file"
        case .directory: "directory"
        case .symbolicLink: "symbolic link"
        case .characterDevice: "character device"
        case .blockDevice: "block device"
        case .fifo: "fifo"
        case .socket: "socket"
        }
    }

    private func copy(_ file: borrowing OwnedDescriptor, to descriptor: Int32) throws(SystemError) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 4096)
        defer { buffer.deallocate() }
        while true {
            let count = try file.read(into: buffer)
            if count == 0 { return }
            var rest = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            while !rest.isEmpty {
                let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
                if written >= 0 {
                    rest = UnsafeRawBufferPointer(rebasing: rest[written...])
                } else if errno == EAGAIN {
                    var state = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    _ = poll(&state, 1, -1)
                } else if errno != EINTR {
                    throw SystemError.last("write")
                }
            }
        }
    }
}
