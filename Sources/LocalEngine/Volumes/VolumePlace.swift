import Glibc
import LinuxSystem

/// A volume's directory that can be filled with what an image has at its target.
///
/// The copy is made beside it, in `.copy`, and becomes `.ready` when it is whole. Then its entries are moved into the
/// volume one by one, never over one that is there: containers that mount the empty volume already see them come. Killed
/// before that, the copy is made anew for the next container; killed within it, the next one moves the rest.
struct VolumePlace: Sendable, Hashable {
    /// The content.
    var data: String
    /// A directory of the same file system where copies are made.
    var staging: String

    private static let copyName = ".copy"
    private static let readyName = ".ready"
    /// Beside the content of a directory of the host's the names say whose they are.
    private var copy: String { staging == data ? staging + "/.spyhop-copy" : "\(staging)/\(Self.copyName)" }
    private var ready: String { staging == data ? staging + "/.spyhop-ready" : "\(staging)/\(Self.readyName)" }

    /// Fills it from the directory `target` of the file system `image`, whose root is the root of every link, unless the
    /// volume has content. Where the image has no such directory nothing happens. Waits for others that do the same.
    func fill(from image: borrowing OwnedDescriptor, _ target: String) throws(SystemError) {
        let place = try OwnedDescriptor.open(staging, O_RDONLY | O_DIRECTORY)
        while flock(place.rawValue, LOCK_EX) != 0 {
            guard errno == EINTR else { throw SystemError.last("flock", staging) }
        }
        try finish()
        guard try isEmpty() else { return }
        let source: OwnedDescriptor
        do throws(SystemError) {
            source = try image.open(
                at: PathInContainer(target).path, O_RDONLY | O_DIRECTORY, resolve: [.inRoot, .noMagicLinks])
        } catch {
            if error.number == ENOENT || error.number == ENOTDIR { return }
            throw error
        }
        try Files.removeTree(copy)
        guard mkdir(copy, 0o700) == 0 else { throw SystemError.last("mkdir", copy) }
        do throws(SystemError) {
            let copied = try OwnedDescriptor.open(copy, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
            try TreeCopy.copy(contentsOf: source, to: copied)
            try Files.rename(copy, to: ready)
        } catch {
            try? Files.removeTree(copy)
            throw error
        }
        try finish()
    }

    /// Moves what an interrupted filling has left to be moved.
    func finishInterrupted() throws(SystemError) {
        guard Files.exists(ready) else { return }
        let place = try OwnedDescriptor.open(staging, O_RDONLY | O_DIRECTORY)
        while flock(place.rawValue, LOCK_EX) != 0 {
            guard errno == EINTR else { throw SystemError.last("flock", staging) }
        }
        try finish()
    }

    private func finish() throws(SystemError) {
        guard Files.exists(ready) else { return }
        let from = try OwnedDescriptor.open(ready, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
        let to = try OwnedDescriptor.open(data, O_RDONLY | O_DIRECTORY)
        // Before its entries move: moving changes the directory's times.
        try TreeCopy.copyMetadata(of: from, to: to)
        let facts = try from.status()
        for name in try from.rawNames() { try from.moveNew(name, to: to) }
        try to.setModified(facts.modifiedAt)
        try Files.removeTree(ready)
    }

    private func isEmpty() throws(SystemError) -> Bool {
        let names = try OwnedDescriptor.open(data, O_RDONLY | O_DIRECTORY).rawNames()
        return names.allSatisfy { data == staging && $0.text == ".spyhop-copy" }
    }
}
