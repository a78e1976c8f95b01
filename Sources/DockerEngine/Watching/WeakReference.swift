/// Something that is not kept alive by whoever follows it.
struct WeakReference<Object: AnyObject & Sendable>: Sendable {
    weak let object: Object?
}
