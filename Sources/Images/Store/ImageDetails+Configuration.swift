import Engine
import OCI

extension ImageDetails {
    /// What an image's configuration tells beside its row in a list.
    public init(_ image: Image, _ configuration: ImageConfiguration) {
        let defaults = configuration.config
        self.init(
            image: image, entrypoint: defaults?.entrypoint ?? [], command: defaults?.command ?? [],
            environment: defaults?.environment ?? [], workingDirectory: defaults?.workingDirectory ?? "",
            user: defaults?.user ?? "", stopSignal: defaults?.stopSignal,
            layers: configuration.rootfs.diffIDs, author: configuration.author)
    }
}
