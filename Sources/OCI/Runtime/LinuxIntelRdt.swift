/// Shares of processor caches and of memory bandwidth (runtime-spec, config-linux.md, "IntelRdt").
public struct LinuxIntelRdt: Sendable, Hashable, Codable {
    /// The class of service; the container's identifier when absent.
    public var closID: String?
    /// Lines of the schemata file for the L3 cache.
    public var l3CacheSchema: String?
    /// The line of the schemata file for memory bandwidth.
    public var memBwSchema: String?
    /// Watch the cache's occupancy.
    public var enableCMT: Bool?
    /// Watch the memory bandwidth.
    public var enableMBM: Bool?

    /// Makes the shares.
    public init(
        closID: String? = nil, l3CacheSchema: String? = nil, memBwSchema: String? = nil, enableCMT: Bool? = nil,
        enableMBM: Bool? = nil
    ) {
        self.closID = closID
        self.l3CacheSchema = l3CacheSchema
        self.memBwSchema = memBwSchema
        self.enableCMT = enableCMT
        self.enableMBM = enableMBM
    }
}
