import Engine

/// Which containers were made from which image, told by whoever keeps the containers.
public struct ImageUse: Sendable, Hashable {
    /// Names or short identifiers of running (or paused) containers, by image.
    public var running: [ImageID: [String]]
    /// Names or short identifiers of all others, by image.
    public var stopped: [ImageID: [String]]

    /// No container uses anything, unless told.
    public init(running: [ImageID: [String]] = [:], stopped: [ImageID: [String]] = [:]) {
        self.running = running
        self.stopped = stopped
    }

    func isUsed(_ image: ImageID) -> Bool {
        running[image]?.isEmpty == false || stopped[image]?.isEmpty == false
    }
}
