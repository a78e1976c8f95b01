import Engine
import Glibc
import LinuxSystem

/// A layer in the making: the writable directories of an overlay, beneath a change's staging area. What is not
/// committed is removed with it.
public final class LayerDraft: Sendable {
    /// The overlay's upper directory, absolute: what is written becomes the layer.
    public let upper: String
    /// The overlay's work directory, absolute, on the same file system. Each mount is to have it empty.
    public let work: String
    private let directory: String
    private let layersDirectory: String

    init(in directory: String, layersDirectory: String) throws(EngineError) {
        self.directory = directory
        self.layersDirectory = layersDirectory
        upper = "\(directory)/upper"
        work = "\(directory)/work"
        try inWords("cannot prepare a layer in \(directory)") { [upper, work] () throws(SystemError) in
            try Files.makeDirectories(upper, mode: 0o755)
            try Files.makeDirectories(work, mode: 0o755)
            try Files.makeDirectories("\(directory)/empty", mode: 0o755)
        }
        // The umask counts for nothing in an image.
        _ = chmod(upper, 0o755)
    }

    deinit { try? Files.removeTree(directory) }

    /// The draft alone, for what depends on nothing below.
    public func openUpper() throws(EngineError) -> OwnedDescriptor {
        try inWords("cannot open \(upper)") { () throws(SystemError) in
            try OwnedDescriptor.open(upper, O_RDONLY | O_DIRECTORY)
        }
    }

    /// The joined root of `layers`, lowest first, on which the draft lies; it may be written, and lives as long as its
    /// descriptor. No layers are an empty root. Two of them at once are not allowed.
    public func open(on layers: [BuiltLayer]) throws(EngineError) -> OwnedDescriptor {
        let lower = ["\(directory)/empty"] + layers.map { "\(layersDirectory)/\($0.directory)" }
        return try inWords("cannot join \(layers.count) layers") { () throws(SystemError) in
            try Files.removeTree(work)
            try Files.makeDirectories(work, mode: 0o755)
            return try DetachedMount.overlay(lower: lower.reversed(), upper: upper, work: work, keepsWhole: true)
        }
    }
}
