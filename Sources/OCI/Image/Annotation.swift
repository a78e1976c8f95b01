/// Annotation keys that carry an image's name in an index (annotations.md, and containerd's own).
public enum Annotation {
    /// The name of a reference: the whole name in a store, often only the tag in archives.
    public static let referenceName = "org.opencontainers.image.ref.name"
    /// The fully qualified name, as containerd and docker write it.
    public static let containerdImageName = "io.containerd.image.name"
    /// Spyhop's own: where a manifest came from or went to, `docker.io/library/busybox@sha256:…`, divided by spaces.
    public static let repoDigests = "dev.spyhop.repo-digests"
}
