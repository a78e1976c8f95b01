import CMonitorWire
import Engine
import Glibc

extension BundleNetwork {
    /// The port behind which the monitor answers names in a container; its rules lead port 53 of its address there.
    public static let namePort = UInt16(SPH_NAME_PORT)
}

/// Values of networks as the wire has them.
enum NetworkWire {
    /// An address in the wire's layout; family 0 for `nil`.
    static func address(_ target: BundleNetwork.Target?) -> sph_address {
        guard let target else { return sph_address() }
        var address = sph_address()
        address.port = target.port
        address.scope = target.scope
        withUnsafeMutableBytes(of: &address.bytes) { bytes in
            switch target.address {
            case .v4(let bits): withUnsafeBytes(of: bits.bigEndian) { bytes.copyMemory(from: $0) }
            case .v6(let upper, let lower):
                withUnsafeBytes(of: (upper.bigEndian, lower.bigEndian)) { bytes.copyMemory(from: $0) }
            }
        }
        address.family = UInt8(target.address.isIPv4 ? AF_INET : AF_INET6)
        return address
    }

    /// The bytes of a row of values.
    static func bytes<Value>(_ values: [Value]) -> [UInt8] { values.withUnsafeBytes { Array($0) } }

    static func flags(isIsolated: Bool) -> UInt32 { isIsolated ? SPH_NETWORK_ISOLATED.rawValue : 0 }
}

/// The descriptors that a monitor is handed beside the standard ones, in the order of their indices.
struct PassedDescriptors {
    private(set) var numbers: [Int32] = []

    /// The index of a descriptor; -1 for none.
    mutating func index(_ descriptor: Int32?) -> Int32 {
        guard let descriptor else { return -1 }
        numbers.append(descriptor)
        return Int32(clamping: numbers.count - 1)
    }
}
