import Engine
import LinuxSystem

/// Reads a file of the store.
final class FileSource: ByteSource {
    private let file: OwnedDescriptor
    private let source: DescriptorSource

    init(_ path: String, subject: String) throws(EngineError) {
        file = try inWords("cannot read \(subject)") { () throws(SystemError) in try OwnedDescriptor.open(path) }
        source = DescriptorSource(file.rawValue, subject: subject)
    }

    func next() throws(EngineError) -> UnsafeRawBufferPointer { try source.next() }
}
